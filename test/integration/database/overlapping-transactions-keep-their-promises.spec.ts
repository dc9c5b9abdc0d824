import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DataSource } from 'typeorm'
import { dataSourceOptions, openDataSource } from '../../../server/platform/database/data-source.js'
import { createDatabase, type TestDatabase } from '../../support/test-database.js'
import {
  commitBesideARollback,
  fiftyIncrements,
  fourAtTheSameTick,
  makeOverlapTable,
  nestedRollback,
  plainWriteBesideARollback,
  type Aftermath,
} from './overlap-scenarios.js'

const NO_SCHEMA = { entities: [], migrations: [] }

const PROMISES: Array<[story: string, run: (source: DataSource) => Promise<Aftermath>, promised: Aftermath]> =
  [
    [
      'what B committed stays when A, which was open meanwhile, rolls back',
      commitBesideARollback,
      { outcomes: ['rolled back', 'committed'], rows: [2] },
    ],
    [
      'what was written beside an open transaction stays when that one rolls back, and saw nothing of it',
      plainWriteBesideARollback,
      { outcomes: ['rolled back', 'committed'], rows: [3], seenMeanwhile: [] },
    ],
    [
      'of four that begin at the same tick exactly the failing one leaves nothing',
      fourAtTheSameTick,
      { outcomes: ['committed', 'rolled back', 'committed', 'committed'], rows: [1, 3, 4] },
    ],
    [
      'of fifty increments at once exactly those that were committed count',
      fiftyIncrements,
      {
        outcomes: Array.from({ length: 50 }, (_, index) => (index % 5 === 0 ? 'rolled back' : 'committed')),
        rows: [40],
      },
    ],
    [
      'an inner transaction that fails takes back its own part alone',
      nestedRollback,
      { outcomes: ['committed'], rows: [20, 22] },
    ],
  ]

describe('Transactions that overlap', () => {
  let directory: string
  let database: TestDatabase
  let source: DataSource

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'zhibu-overlap-'))
    database = await createDatabase()
    source = await openDataSource({ url: database.url, dataDir: directory, poolSize: 20 }, NO_SCHEMA)
    await makeOverlapTable(source)
  })
  afterEach(() => source.query('DELETE FROM overlap_row'))
  afterAll(async () => {
    await source.destroy()
    await database.drop()
    rmSync(directory, { recursive: true, force: true })
  })

  it.each(PROMISES)('%s', async (_, run, promised) => {
    expect(await run(source)).toEqual(promised)
  })
})

/** Savepoints work in any case; the other promises are why the embedded engine is not opened as TypeORM would. */
describe('Without the remedy the embedded engine breaks the promise that', () => {
  let directory: string
  let source: DataSource

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'zhibu-stock-'))
    const settings = { url: undefined, dataDir: directory, poolSize: 1 }
    source = await new DataSource(dataSourceOptions(settings, NO_SCHEMA)).initialize()
    await makeOverlapTable(source)
  })
  afterEach(async () => {
    await source.destroy()
    rmSync(directory, { recursive: true, force: true })
  })

  it.each(PROMISES.slice(0, 4))('%s', async (_, run, promised) => {
    expect(await run(source)).not.toEqual(promised)
  })
})
