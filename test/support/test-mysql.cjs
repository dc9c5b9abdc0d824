/**
 * `npm run test:mysql`: the suites that use the database most directly, on a throw-away MySQL; with `--all` every
 * suite of the server. Fetches MySQL first. Other arguments go to jest.
 */
const { spawnSync } = require('node:child_process')
const { join } = require('node:path')
const { fetchMysql } = require('./mysql.cjs')

const root = join(__dirname, '../..')
const CLOSE_TO_THE_DATABASE = [
  'test/integration/database',
  'test/integration/jobs',
  'test/integration/process',
  'test/integration/roster',
  'test/e2e/payment',
  'test/e2e/roster',
]
const EVERY_SERVER_SUITE = [
  '--selectProjects',
  'integration',
  'e2e',
  '--testPathIgnorePatterns',
  'integration/wechat',
]

const given = process.argv.slice(2)
const all = given.includes('--all')
const others = given.filter((argument) => argument !== '--all')

if (fetchMysql()) {
  const { status, signal } = spawnSync(
    join(root, 'node_modules/.bin/jest'),
    // Our options go last: an option that takes a list would also take the arguments after it.
    [...others, ...(all ? EVERY_SERVER_SUITE : CLOSE_TO_THE_DATABASE)],
    { cwd: root, stdio: 'inherit', env: { ...process.env, TEST_DATABASE: 'mysql' } },
  )
  if (signal) process.stderr.write(`jest was ended by ${signal}\n`)
  process.exitCode = status ?? 1
}
