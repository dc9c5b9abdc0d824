import type { JobHandler, JobRun } from '../../../server/platform/jobs/jobs.js'

/** A handler whose jobs do a step when the test says so, and end when it says so. */
export class StepwiseWork implements JobHandler {
  /** Subjects, as often as they were started. */
  readonly started: string[] = []
  readonly givenUp: string[] = []
  private readonly words = new Map<string, (word: 'step' | 'end') => void>()

  async run({ subjectId, renewLease }: JobRun): Promise<void> {
    this.started.push(subjectId)
    while ((await this.wordFor(subjectId)) === 'step') await renewLease()
  }

  onGivenUp(subjectId: string): Promise<void> {
    this.givenUp.push(subjectId)
    return Promise.resolve()
  }

  /** Those that wait for a word. */
  atWork(): string[] {
    return [...this.words.keys()]
  }

  /** Every job that is at work does a step, after which it goes on or has stopped. */
  step(): void {
    for (const subjectId of this.atWork()) this.say(subjectId, 'step')
  }

  end(subjectId: string): void {
    this.say(subjectId, 'end')
  }

  private say(subjectId: string, word: 'step' | 'end'): void {
    const hear = this.words.get(subjectId)
    this.words.delete(subjectId)
    hear?.(word)
  }

  private wordFor(subjectId: string): Promise<'step' | 'end'> {
    return new Promise((resolve) => this.words.set(subjectId, resolve))
  }
}

/** Waits until it is so; the test's own time limit ends it. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve))
}
