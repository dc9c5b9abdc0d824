/** Collects all problems of the sources and reports them together. An incomplete preview would mislead, so the build fails. */
export class PreviewBuildError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`the preview cannot be built:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
    this.name = 'PreviewBuildError'
  }
}

export class ProblemList {
  private readonly found = new Set<string>()

  /** @param file path as a developer would open it; @param message what is wrong there. */
  add(file: string, message: string): void {
    this.found.add(`${file}: ${message}`)
  }

  /** @throws PreviewBuildError when anything was added. */
  throwIfAny(): void {
    if (this.found.size) throw new PreviewBuildError([...this.found])
  }
}
