type Step = () => void | Promise<void>

/** What a bench has to put away. The latest step runs first, and each runs whether or not the others worked. */
export class CleanUp {
  private readonly steps: Step[] = []

  add(step: Step): void {
    this.steps.push(step)
  }

  /** @returns what went wrong; nothing is thrown, so that the error that ended the bench stays the first one */
  async run(): Promise<unknown[]> {
    const problems: unknown[] = []
    for (let step = this.steps.pop(); step; step = this.steps.pop()) {
      try {
        await step()
      } catch (error) {
        problems.push(error)
      }
    }
    return problems
  }
}
