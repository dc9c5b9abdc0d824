import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Connection } from 'mysql2/promise'
import { FieldCipher } from '../../server/platform/crypto/field-cipher.js'
import { loadOrCreateKeyRing } from '../../server/platform/crypto/field-keys.js'
import type { Build } from './builds.js'
import type { CleanUp } from './clean-up.js'
import { accounts, bills, facts, members, payments, tree, type SchemaKind } from './data-set.statements.js'
import { MariadbInstance } from './mariadb-instance.js'
import { productionEnvironment } from './production-environment.js'
import { CACHE_DIR, type Settings } from './settings.js'
import type { WechatAnswers } from './wechat-answers.js'

/** Nothing in it has to survive a power cut while it is being made. */
const WHILE_BUILDING = ['--innodb-flush-log-at-trx-commit=0', '--innodb-doublewrite=0']
const TABLES = [
  'org_node',
  'unit',
  'member',
  'account',
  'binding',
  'dues_bill',
  'payment_order',
  'payment_line',
] as const

export const databaseOf = (memberCount: number): string => `members_${memberCount}`
export type RowCounts = Record<string, number>

/** A county of each size in a MariaDB folder, made once and kept while migrations and generator stay the same. */
export interface DataSet {
  folder: string
  keyFile: string
  /** From `SELECT COUNT(*)`, by database and table. */
  rows: Record<string, RowCounts>
  seconds: number
}

/** @param build gives the schema: each product that is compared has a data set of its own */
export async function dataSet(
  build: Build,
  settings: Settings,
  wechat: WechatAnswers,
  cleanUp: CleanUp,
  say: (line: string) => void,
): Promise<DataSet> {
  const sizes = [settings.smallMembers, settings.largeMembers]
  const name = fingerprint(build, sizes)
  const folder = join(CACHE_DIR, build.name === 'before' ? `${name}-before` : name)
  const described = join(folder, 'data-set.json')
  if (existsSync(described)) return JSON.parse(readFileSync(described, 'utf8')) as DataSet
  say(`building the data set in ${folder}: once, a few minutes`)
  const startedAt = performance.now()
  const draft = `${folder}.draft`
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(draft, { recursive: true })
  const keyFile = join(draft, 'keys.json')
  const cipher = new FieldCipher(loadOrCreateKeyRing(keyFile))
  const mariadb = await MariadbInstance.start(draft, WHILE_BUILDING)
  // Also when it fails.
  cleanUp.add(() => mariadb.stop())
  const rows: DataSet['rows'] = {}
  for (const size of sizes) {
    const database = databaseOf(size)
    const connection = await mariadb.connect()
    await connection.query(`CREATE DATABASE ${database}`)
    await connection.changeUser({ database })
    execFileSync(process.execPath, [join(build.folder, 'server/migrate.js')], {
      env: productionEnvironment({ mariadb, database, keyFile, wechat, folder: draft }),
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    await fill(connection, size, cipher, say)
    rows[database] = await count(connection)
    await connection.end()
  }
  await mariadb.stop()
  rmSync(folder, { recursive: true, force: true })
  renameSync(draft, folder)
  const made = {
    folder,
    keyFile: join(folder, 'keys.json'),
    rows,
    seconds: Math.round((performance.now() - startedAt) / 1000),
  }
  writeFileSync(described, JSON.stringify(made))
  return made
}

interface Sealed {
  idNumber: string
  phone: string
  address: string
  claimedPhone: string
}

const UNSEALED: Sealed = { idNumber: '', phone: '', address: '', claimedPhone: '' }

const stepsOf = (size: number, sealed: Sealed, kind: SchemaKind): Record<string, string[]> => ({
  tree: tree(size, kind),
  members: members(size, sealed),
  accounts: accounts(size, sealed),
  facts: facts(size, kind),
  bills: bills(size),
  payments: payments(size),
})

async function fill(
  connection: Connection,
  size: number,
  cipher: FieldCipher,
  say: (line: string) => void,
): Promise<void> {
  const sealed = {
    idNumber: cipher.encrypt('member.idNumber', '990102197506150017'),
    phone: cipher.encrypt('member.phone', '19990010001'),
    address: cipher.encrypt('member.address', '云溪县东岭村一百零一号'),
    claimedPhone: cipher.encrypt('binding.phone', '19990010001'),
  }
  await connection.query('SET unique_checks = 0, foreign_key_checks = 0')
  const kind = await schemaKindOf(connection)
  for (const [name, statements] of Object.entries(stepsOf(size, sealed, kind))) {
    const startedAt = performance.now()
    for (const statement of statements) await connection.query(statement)
    say(`  ${size} members, ${name}: ${((performance.now() - startedAt) / 1000).toFixed(1)} s`)
  }
  await connection.query(`ANALYZE TABLE ${TABLES.join(', ')}`)
}

async function schemaKindOf(connection: Connection): Promise<SchemaKind> {
  const has = async (table: string) => {
    const [tables] = await connection.query(`SHOW TABLES LIKE '${table}'`)
    return (tables as unknown[]).length > 0
  }
  if (await has('dues_policy_period')) return 'dated'
  return (await has('dues_policy')) ? 'policy-table' : 'unit-policies'
}

async function count(connection: Connection): Promise<RowCounts> {
  const counts: RowCounts = {}
  for (const table of TABLES) {
    const [rows] = await connection.query(`SELECT COUNT(*) AS count FROM ${table}`)
    counts[table] = Number((rows as Array<{ count: number }>)[0]?.count)
  }
  return counts
}

/** Changes with the migrations, which are never edited once landed, and with the statements. */
function fingerprint(build: Build, sizes: number[]): string {
  const statements = sizes.map((size) => Object.values(stepsOf(size, UNSEALED, 'dated')))
  return createHash('sha256')
    .update(JSON.stringify([migrationsOf(build), statements]))
    .digest('hex')
    .slice(0, 12)
}

/** By their files: the classes of another build cannot be imported here. */
function migrationsOf(build: Build): string[] {
  const files = readdirSync(join(build.folder, 'server'), { recursive: true, encoding: 'utf8' })
  return files
    .filter((file) => /migrations\/\d+-[\w-]+\.js$/.test(file))
    .map((file) => basename(file))
    .sort()
}
