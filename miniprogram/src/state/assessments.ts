import { createStore } from './store'

/** Number of assessments made since the program was opened. Lists compare it to know whether to reload. */
export const assessmentCount = createStore(0)

export function noteAssessment(): void {
  assessmentCount.set(assessmentCount.get() + 1)
}
