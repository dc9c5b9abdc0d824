import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { createConnection, type Connection } from 'mysql2/promise'
import { MARIADB_SETTINGS } from './settings.js'

/** A MariaDB of our own on a folder that may be kept: own socket, no port, no password. */
export class MariadbInstance {
  private constructor(
    readonly socket: string,
    private readonly server: ChildProcess,
  ) {}

  /**
   * @param folder holds the data; made when it does not exist. The path of its socket must stay below 108 bytes
   * @param more settings that go before those of the bench
   */
  static async start(folder: string, more: readonly string[] = []): Promise<MariadbInstance> {
    const data = join(folder, 'data')
    // Another MariaDB that starts with the same temporary folder would delete what lies in it.
    const temporary = join(folder, 'tmp')
    const socket = join(folder, 's')
    const user = userInfo().username
    mkdirSync(temporary, { recursive: true })
    if (!existsSync(data)) {
      execFileSync(
        'mariadb-install-db',
        [
          '--no-defaults',
          `--datadir=${data}`,
          `--user=${user}`,
          '--auth-root-authentication-method=normal',
          '--skip-test-db',
        ],
        { stdio: ['ignore', 'ignore', 'pipe'] },
      )
    }
    const server = spawn(
      'mariadbd',
      [
        '--no-defaults',
        `--datadir=${data}`,
        `--socket=${socket}`,
        `--tmpdir=${temporary}`,
        `--pid-file=${join(folder, 'pid')}`,
        `--user=${user}`,
        '--skip-networking',
        '--character-set-server=utf8mb4',
        '--default-time-zone=+00:00',
        ...MARIADB_SETTINGS,
        ...more,
      ],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    )
    // Whatever ends the bench, nothing of it stays behind.
    process.once('exit', () => server.kill('SIGTERM'))
    let log = ''
    server.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()))
    const instance = new MariadbInstance(socket, server)
    while (!(await instance.answers())) {
      if (server.exitCode !== null) throw new Error(`MariaDB did not start:\n${log}`)
      await pause(50)
    }
    return instance
  }

  get pid(): number {
    return this.server.pid ?? 0
  }

  /** As `DATABASE_URL` wants it. */
  urlOf(database: string): string {
    return `mariadb://root@localhost/${database}?socket=${encodeURIComponent(this.socket)}`
  }

  connect(database?: string): Promise<Connection> {
    return createConnection({
      socketPath: this.socket,
      user: 'root',
      timezone: 'Z',
      charset: 'utf8mb4',
      ...(database ? { database } : {}),
    })
  }

  async stop(): Promise<void> {
    if (this.server.exitCode !== null || this.server.signalCode !== null) return
    const gone = once(this.server, 'exit')
    this.server.kill('SIGTERM')
    await gone
  }

  private async answers(): Promise<boolean> {
    try {
      await (await this.connect()).end()
      return true
    } catch {
      return false
    }
  }
}
