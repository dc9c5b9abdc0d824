const { execFileSync, spawn } = require('node:child_process')
const { existsSync, mkdirSync, mkdtempSync, rmSync } = require('node:fs')
const { tmpdir, userInfo } = require('node:os')
const { join } = require('node:path')
const { setTimeout: pause } = require('node:timers/promises')

/**
 * A MariaDB of our own in a temporary folder: own data, a socket, no port, no password, gone afterwards.
 * @returns {Promise<{ url: string, socket: string, stop(): Promise<void> }>}
 */
exports.startMariadb = async () => {
  const base = mkdtempSync(join(tmpdir(), 'zhibu-mdb-'))
  const data = join(base, 'data')
  const socket = join(base, 's')
  // One that starts deletes the temporary tables it finds in its folder, those of others too.
  const temporary = join(base, 'tmp')
  mkdirSync(temporary)
  const user = userInfo().username
  const quiet = { stdio: ['ignore', 'ignore', 'pipe'] }
  execFileSync(
    'mariadb-install-db',
    [
      '--no-defaults',
      `--datadir=${data}`,
      `--tmpdir=${temporary}`,
      `--user=${user}`,
      '--auth-root-authentication-method=normal',
      '--skip-test-db',
    ],
    quiet,
  )
  const server = spawn(
    'mariadbd',
    [
      '--no-defaults',
      `--datadir=${data}`,
      `--tmpdir=${temporary}`,
      `--socket=${socket}`,
      `--pid-file=${join(base, 'pid')}`,
      `--user=${user}`,
      '--skip-networking',
      '--character-set-server=utf8mb4',
      '--collation-server=utf8mb4_unicode_ci',
      '--default-time-zone=+00:00',
      '--max-connections=400',
      '--max-allowed-packet=64M',
      // Nothing here has to survive a power cut.
      '--innodb-flush-log-at-trx-commit=0',
      '--innodb-doublewrite=0',
      '--skip-log-bin',
      '--innodb-buffer-pool-size=256M',
    ],
    quiet,
  )
  let log = ''
  server.stderr.on('data', (chunk) => (log += chunk))
  while (!existsSync(socket)) {
    if (server.exitCode !== null) throw new Error(`MariaDB did not start:\n${log}`)
    await pause(20)
  }
  return {
    socket,
    url: `mariadb://root@localhost/mysql?socket=${encodeURIComponent(socket)}`,
    stop: () =>
      new Promise((resolve) => {
        server.once('exit', () => {
          rmSync(base, { recursive: true, force: true })
          resolve()
        })
        server.kill('SIGTERM')
      }),
  }
}
