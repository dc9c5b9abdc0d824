/**
 * Starts the production build as an operator would: on a database server, with every setting, after the migrations.
 * Also checks that the server refuses to start before the migrations, and with a key file or merchant credentials
 * that others may read, and that a full disk loses lines of the log but does not stop the server.
 * Usage: boot-production.cjs [mariadb | mysql]
 */
const { execFileSync, spawn, spawnSync } = require('node:child_process')
const { generateKeyPairSync } = require('node:crypto')
const { once } = require('node:events')
const { chmodSync, closeSync, mkdtempSync, openSync, rmSync, writeFileSync } = require('node:fs')
const { tmpdir } = require('node:os')
const { join } = require('node:path')
const { setTimeout: pause } = require('node:timers/promises')
const { startDatabaseServer } = require('./database-server.cjs')
const { fetchMysql } = require('./mysql.cjs')

const { scripts } = require('../../package.json')

const [, , engine = 'mariadb'] = process.argv
const PORT = 3998
const [, ...PRODUCTION] = scripts['start:production'].split(' ')
/** Database and user as in docs/operations.md, so that this test finds a right that is missing there. */
const AS_OPERATIONS_SAYS = [
  'CREATE DATABASE zhibu CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci',
  `CREATE USER zhibu@localhost IDENTIFIED BY 'secret'`,
  'GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX ON zhibu.* TO zhibu@localhost',
]
const folder = mkdtempSync(join(tmpdir(), 'zhibu-production-'))

function credentialsFile() {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
  const file = join(folder, 'merchant.json')
  const content = {
    mchid: '1900000001',
    appid: 'wx0000000000000000',
    certificateSerial: '0'.repeat(40),
    privateKeyPem: privateKey,
    apiV3Key: 'k'.repeat(32),
    wechatPublicKeyId: 'PUB_KEY_ID_0000000000000000000000000000000000',
    wechatPublicKeyPem: publicKey,
  }
  writeFileSync(file, JSON.stringify(content), { mode: 0o600 })
  return file
}

async function main() {
  if (engine === 'mysql' && !fetchMysql()) return
  const database = await startDatabaseServer(engine)
  process.stdout.write(`${engine} ${database.version}\n`)
  for (const statement of AS_OPERATIONS_SAYS) await database.run(statement)
  const env = {
    PATH: process.env.PATH,
    PORT: String(PORT),
    HOST: '127.0.0.1',
    DATA_DIR: folder,
    DATABASE_URL: database.url.replace('root@localhost/mysql', 'zhibu:secret@localhost/zhibu'),
    PUBLIC_URL: 'https://zhibu.example.org',
    WECHAT_APPID: 'wx0000000000000000',
    WECHAT_APP_SECRET: 'secret',
    WECHAT_PAY_CREDENTIALS: credentialsFile(),
  }
  try {
    refuses(env, /migrate/, 'before the migrations')
    execFileSync('node', ['dist/server/migrate.js'], { env, stdio: 'inherit' })
    chmodSync(join(folder, 'keys', 'keys.json'), 0o644)
    refuses(env, /chmod 600/, 'with a key file that others may read')
    chmodSync(join(folder, 'keys', 'keys.json'), 0o600)
    chmodSync(env.WECHAT_PAY_CREDENTIALS, 0o644)
    refuses(env, /merchant\.json.*chmod 600/, 'with merchant credentials that others may read')
    chmodSync(env.WECHAT_PAY_CREDENTIALS, 0o600)
    await answers(env)
    await answersOnAFullDisk(env)
  } finally {
    await database.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

function refuses(env, reason, when) {
  const { status, stderr } = spawnSync('node', PRODUCTION, {
    env,
    encoding: 'utf8',
    timeout: 30_000,
  })
  if (status === 0 || !reason.test(stderr)) throw new Error(`production started ${when}:\n${stderr}`)
  process.stdout.write(`refuses to start ${when}\n`)
}

async function answers(env) {
  const server = spawn('node', PRODUCTION, { env, stdio: ['ignore', 'pipe', 'inherit'] })
  let log = ''
  server.stdout.on('data', (chunk) => (log += chunk))
  try {
    await ready()
  } finally {
    server.kill('SIGTERM')
    await once(server, 'close')
  }
  if (!log.includes('"route":"/readyz"')) throw new Error(`the last request is not in the log:\n${log}`)
}

async function answersOnAFullDisk(env) {
  const full = openSync('/dev/full', 'w')
  const server = spawn('node', PRODUCTION, { env, stdio: ['ignore', full, 'inherit'] })
  closeSync(full)
  try {
    await ready()
    // Request lines are written in groups; this many requests are certain to write some.
    for (let request = 0; request < 200; request++) {
      await (await fetch(`http://127.0.0.1:${PORT}/api/v1/me`)).text()
    }
    await ready()
  } finally {
    server.kill('SIGTERM')
    if (server.exitCode === null) await once(server, 'close')
  }
  process.stdout.write('keeps answering when the disk of its log is full\n')
}

async function ready() {
  for (let attempt = 0; attempt < 120; attempt++) {
    const answer = await fetch(`http://127.0.0.1:${PORT}/readyz`).catch(() => undefined)
    if (answer?.status === 200) {
      process.stdout.write(`${await answer.text()}\n`)
      return
    }
    await pause(250)
  }
  throw new Error('production did not become ready within 30 s')
}

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`)
  process.exitCode = 1
})
