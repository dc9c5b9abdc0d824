import { createStore } from './store'

/** How many assessments were made since the program was opened: lists that show them know whether to read again. */
export const assessmentCount = createStore(0)

export function noteAssessment(): void {
  assessmentCount.set(assessmentCount.get() + 1)
}
