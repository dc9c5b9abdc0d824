import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'

/** A server finishes what it is doing before it ends; nothing here takes longer. */
const STOPS_WITHIN_MS = 60_000
const LAST_WORDS_CHARACTERS = 4_000

/** A child process that runs until the bench stops it. When it ends earlier, the error says what it wrote last. */
export class Program {
  private isStopping = false
  private hasEnded = false
  private lastWords = ''

  /** @param name for errors */
  constructor(
    private readonly name: string,
    private readonly child: ChildProcess,
  ) {
    // Whatever ends the bench, nothing of it stays behind.
    process.once('exit', () => child.kill('SIGTERM'))
    // Not `exit`: what it wrote last is read only now.
    child.once('close', () => (this.hasEnded = true))
    child.stderr?.on('data', (chunk: Buffer) => {
      this.lastWords = (this.lastWords + chunk.toString()).slice(-LAST_WORDS_CHARACTERS)
    })
  }

  get pid(): number {
    return this.child.pid ?? 0
  }

  /** @throws when it has ended although nobody stopped it */
  checkRunning(): void {
    if (this.hasEnded && !this.isStopping) throw this.ended('ended by itself')
  }

  /** @throws when it had ended by itself, or did not end well when it was asked to */
  async stop(): Promise<void> {
    this.checkRunning()
    if (this.hasEnded) return
    this.isStopping = true
    const gone = once(this.child, 'close')
    this.child.kill('SIGTERM')
    const overdue = setTimeout(() => this.child.kill('SIGKILL'), STOPS_WITHIN_MS)
    await gone
    clearTimeout(overdue)
    // Nest stops the server and then lets the signal end the process: there is no exit code then.
    if (this.child.exitCode !== 0 && this.child.signalCode !== 'SIGTERM')
      throw this.ended('did not stop well')
  }

  private ended(how: string): Error {
    const result = this.child.signalCode ?? `exit code ${this.child.exitCode}`
    return new Error(`${this.name} ${how} (${result}):\n${this.lastWords || '(it wrote nothing)'}`)
  }
}
