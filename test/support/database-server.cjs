const { execFileSync, spawn } = require('node:child_process')
const { existsSync, mkdirSync, mkdtempSync, rmSync } = require('node:fs')
const { tmpdir, userInfo } = require('node:os')
const { join } = require('node:path')
const { setTimeout: pause } = require('node:timers/promises')
const { createConnection } = require('mysql2/promise')

/** Settings for both products. No data has to survive a power cut. */
const SETTINGS = [
  '--skip-networking',
  '--skip-log-bin',
  '--character-set-server=utf8mb4',
  '--collation-server=utf8mb4_unicode_ci',
  '--default-time-zone=+00:00',
  '--max-connections=400',
  '--max-allowed-packet=64M',
  '--innodb-flush-log-at-trx-commit=0',
  '--innodb-doublewrite=OFF',
  '--innodb-buffer-pool-size=256M',
]

const PRODUCTS = {
  mariadb: () => require('./mariadb.cjs').mariadb,
  mysql: () => require('./mysql.cjs').mysql,
}

/**
 * A database server of our own in a temporary folder: own data, a socket, no port, no password, gone afterwards.
 * @param {'mariadb' | 'mysql'} engine
 * @returns {Promise<{ url: string, version: string, run(sql: string): Promise<void>, stop(): Promise<void> }>}
 *   `url` names the server's own database `mysql`
 * @throws when its programs are not there or it does not start
 */
exports.startDatabaseServer = async (engine) => {
  const product = PRODUCTS[engine]?.()
  if (!product) throw new Error(`TEST_DATABASE is mariadb or mysql, not ${engine}`)
  const base = mkdtempSync(join(tmpdir(), `zhibu-${engine}-`))
  const socket = join(base, 's')
  // A server that starts deletes the temporary tables in its folder, also those of other servers.
  const temporary = join(base, 'tmp')
  mkdirSync(temporary)
  const place = [`--datadir=${join(base, 'data')}`, `--tmpdir=${temporary}`, `--user=${userInfo().username}`]
  const quiet = { stdio: ['ignore', 'ignore', 'pipe'] }
  const [maker, ...toMake] = product.initialize(place)
  execFileSync(maker, toMake, quiet)
  const [program, ...toServe] = product.serve([
    ...place,
    `--socket=${socket}`,
    `--pid-file=${join(base, 'pid')}`,
    ...SETTINGS,
  ])
  const server = spawn(program, toServe, quiet)
  let log = ''
  server.stderr.on('data', (chunk) => (log += chunk))
  while (!existsSync(socket)) {
    if (server.exitCode !== null) throw new Error(`${engine} did not start:\n${log}`)
    await pause(20)
  }
  const ask = async (sql) => {
    const connection = await createConnection({ user: 'root', socketPath: socket })
    const [rows] = await connection.query(sql)
    await connection.end()
    return rows
  }
  const [{ version }] = await ask('SELECT VERSION() AS version')
  return {
    version,
    url: `${engine}://root@localhost/mysql?socket=${encodeURIComponent(socket)}`,
    run: async (sql) => void (await ask(sql)),
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
