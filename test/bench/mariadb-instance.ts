import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { createConnection, type Connection } from 'mysql2/promise'
import { Program } from './program.js'
import { MARIADB_SETTINGS } from './settings.js'

/** A MariaDB of our own on a folder that may be kept: own socket, no port, no password. */
export class MariadbInstance {
  private constructor(
    readonly socket: string,
    private readonly program: Program,
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
    const program = new Program('mariadbd', server)
    const instance = new MariadbInstance(socket, program)
    while (!(await instance.answers())) {
      program.checkRunning()
      await pause(50)
    }
    return instance
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

  stop(): Promise<void> {
    return this.program.stop()
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
