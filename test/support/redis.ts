import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

export const hasRedis = spawnSync('redis-server', ['--version']).status === 0

/** On a machine without Redis, the stories with Redis are listed as skipped, with the reason. */
export const describeWithRedis: jest.Describe = hasRedis
  ? describe
  : (((name: string, tests: () => void) =>
      describe.skip(`${name} (skipped: redis-server is not installed)`, tests)) as unknown as jest.Describe)

/** A Redis of our own in a temporary folder: a socket, no port, nothing kept, gone afterwards. */
export class ThrowAwayRedis {
  private readonly folder = mkdtempSync(join(tmpdir(), 'zhibu-redis-'))
  private readonly socket = join(this.folder, 's')
  private server: ChildProcess | undefined

  get url(): string {
    return `unix://${this.socket}`
  }

  async start(): Promise<void> {
    const settings = { port: '0', unixsocket: this.socket, save: '', dir: this.folder }
    const server = spawn(
      'redis-server',
      Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]),
      { stdio: 'ignore' },
    )
    this.server = server
    while (!existsSync(this.socket)) {
      if (server.exitCode !== null) throw new Error('redis-server did not start')
      await pause(10)
    }
  }

  /** Sends SIGKILL: Redis ends without closing its connections. */
  async kill(): Promise<void> {
    const server = this.server
    if (!server) return
    this.server = undefined
    const gone = once(server, 'exit')
    server.kill('SIGKILL')
    await gone
    rmSync(this.socket, { force: true })
  }

  /** Redis stays alive but does not answer until `goOn`. */
  freeze(): void {
    this.server?.kill('SIGSTOP')
  }

  goOn(): void {
    this.server?.kill('SIGCONT')
  }

  async dispose(): Promise<void> {
    await this.kill()
    rmSync(this.folder, { recursive: true, force: true })
  }
}
