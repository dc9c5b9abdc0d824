/**
 * Lets one writer at a time run, in the order of arrival. SQLite allows one writer, and waiting inside SQLite would
 * block the event loop.
 */
export class WriteQueue {
  private busy = false
  private readonly waiting: Array<() => void> = []

  constructor(private readonly timeoutMs: number) {}

  /** @throws Error after `timeoutMs`; almost always a transaction is waiting for its own write, made outside of it */
  acquire(): Promise<void> {
    if (!this.busy) {
      this.busy = true
      return Promise.resolve()
    }
    return new Promise((resolve, reject) => {
      const turn = () => {
        clearTimeout(timer)
        resolve()
      }
      const timer = setTimeout(() => {
        this.waiting.splice(this.waiting.indexOf(turn), 1)
        reject(
          new Error(
            `no turn to write within ${this.timeoutMs} ms: is something written outside the open transaction?`,
          ),
        )
      }, this.timeoutMs)
      this.waiting.push(turn)
    })
  }

  release(): void {
    const next = this.waiting.shift()
    if (next) next()
    else this.busy = false
  }
}
