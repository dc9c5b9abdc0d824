const { mkdtempSync } = require('node:fs')
const { tmpdir } = require('node:os')
const { join } = require('node:path')
const { describeContracts } = require('./contract-descriptions.cjs')
const { startDatabaseServer } = require('./database-server.cjs')

module.exports = async () => {
  describeContracts()
  delete process.env.DATABASE_URL
  const engine = process.env.TEST_DATABASE
  if (engine) await openDatabase(engine)
  // What the first test files of a run leave for those after them: see `templates.ts`.
  process.env.TEST_RUN_FOLDER = mkdtempSync(join(tmpdir(), 'zhibu-run-'))
}

async function openDatabase(engine) {
  const server = await startDatabaseServer(engine)
  globalThis.__DATABASE_SERVER__ = server
  process.env.DATABASE_URL = server.url
  process.stdout.write(`${engine} ${server.version}\n`)
}
