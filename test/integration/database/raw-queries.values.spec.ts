import fc from 'fast-check'
import { Column, Entity, type MigrationInterface, type QueryRunner } from 'typeorm'
import { column, PrimaryKey } from '../../../server/platform/database/columns.js'
import type { Database } from '../../../server/platform/database/database.js'
import { newId } from '../../../server/platform/database/ids.js'
import { createTable } from '../../../server/platform/database/schema.js'
import { PlatformFixture } from './platform-fixture.js'

const COLUMNS = {
  id: column.id(),
  keptAt: column.instant(),
  endedAt: column.instant({ nullable: true }),
  amountFen: column.fen(),
  baseFen: column.fen({ nullable: true }),
  count: column.int(),
  ticked: column.flag(),
  words: column.text(40),
}

@Entity('sample')
class Sample {
  @PrimaryKey(COLUMNS.id)
  id: string
  @Column(COLUMNS.keptAt)
  keptAt: Date
  @Column(COLUMNS.endedAt)
  endedAt: Date | null
  @Column(COLUMNS.amountFen)
  amountFen: number
  @Column(COLUMNS.baseFen)
  baseFen: number | null
  @Column(COLUMNS.count)
  count: number
  @Column(COLUMNS.ticked)
  ticked: boolean
  @Column(COLUMNS.words)
  words: string
}

class AddSample1999000000000 implements MigrationInterface {
  up(runner: QueryRunner): Promise<void> {
    return createTable(runner, 'sample', { columns: COLUMNS })
  }

  down(runner: QueryRunner): Promise<void> {
    return runner.dropTable('sample')
  }
}

const instant = fc.date({
  min: new Date('1970-01-02T00:00:00Z'),
  max: new Date('9999-12-31T00:00:00Z'),
  noInvalidDate: true,
})
const fen = fc.maxSafeInteger()
/** What a person may type: an instant as SQLite stores it, a number, anything. */
const words = fc.oneof(
  instant.map((at) => at.toISOString().replace('T', ' ').replace('Z', '')),
  fen.map(String),
  fc.string({ unit: 'grapheme', maxLength: 10 }),
)
const sample: fc.Arbitrary<Sample> = fc.record({
  id: fc.constant(null).map(newId),
  keptAt: instant,
  endedAt: fc.option(instant),
  amountFen: fen,
  baseFen: fc.option(fen),
  count: fc.integer({ min: 0, max: 1_000_000 }),
  ticked: fc.boolean(),
  words,
})

describe('A raw query answers with values', () => {
  let platform: PlatformFixture
  let database: Database

  beforeAll(async () => {
    platform = await PlatformFixture.open([], { entities: [Sample], migrations: [AddSample1999000000000] })
    database = platform.database
  })
  afterEach(() => database.repository(Sample).clear())
  afterAll(() => platform.close())

  const keep = async (samples: Sample[]) => {
    await database.repository(Sample).clear()
    await database.repository(Sample).insert(samples)
  }
  const inOrder = (samples: Sample[]) => samples.sort((one, other) => (one.id < other.id ? -1 : 1))
  const everything = (): Array<[how: string, ask: (sql: string) => Promise<unknown>]> => [
    ['plainly', (sql) => database.query(sql)],
    ['prepared', (sql) => database.queryPrepared(sql, [])],
    ['in a transaction', (sql) => database.transaction(() => database.query(sql))],
    ['prepared in a transaction', (sql) => database.transaction(() => database.queryPrepared(sql, []))],
  ]

  it('that are equal to what was written', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(sample, { minLength: 1, maxLength: 6 }), async (samples) => {
        await keep(samples)
        for (const [, ask] of everything()) {
          expect(await ask('SELECT * FROM sample ORDER BY id')).toEqual(inOrder(samples))
        }
      }),
      { numRuns: 25 },
    )
  })

  it('also where they are named otherwise, come out of a join or out of another query', async () => {
    await fc.assert(
      fc.asyncProperty(sample, async (one) => {
        await keep([one])
        const sql = `SELECT s.keptAt AS seen, s.ticked AS chosen, t.amountFen AS sum, x.endedAt AS ending, n.keptAt AS absent
           FROM sample s JOIN sample t ON t.id = s.id JOIN (SELECT id, endedAt FROM sample) x ON x.id = s.id
           LEFT JOIN sample n ON n.id = 'nobody'`
        const { keptAt, ticked, amountFen, endedAt } = one
        for (const [, ask] of everything()) {
          expect(await ask(sql)).toEqual([
            { seen: keptAt, chosen: ticked, sum: amountFen, ending: endedAt, absent: null },
          ])
        }
      }),
      { numRuns: 15 },
    )
  })

  it('when they are computed: counts and sums are numbers, instants are Dates', async () => {
    const some = fc.array(fc.tuple(sample, fc.integer({ min: -1e9, max: 1e9 })), {
      minLength: 1,
      maxLength: 6,
    })
    await fc.assert(
      fc.asyncProperty(some, async (pairs) => {
        const samples = pairs.map(([one, amountFen]) => ({ ...one, amountFen }))
        await keep(samples)
        const times = samples.map(({ keptAt }) => keptAt.getTime())
        const sql = `SELECT COUNT(*) AS many, SUM(amountFen) AS sum, MAX(count) AS most, MIN(keptAt) AS firstAt,
            MAX(COALESCE(NULL, keptAt)) AS heldUntil, SUM(CASE WHEN ticked THEN 1 ELSE 0 END) AS tickedCount FROM sample`
        for (const [, ask] of everything()) {
          expect(await ask(sql)).toEqual([
            {
              many: samples.length,
              sum: samples.reduce((sum, { amountFen }) => sum + amountFen, 0),
              most: Math.max(...samples.map(({ count }) => count)),
              firstAt: new Date(Math.min(...times)),
              heldUntil: new Date(Math.max(...times)),
              tickedCount: samples.filter(({ ticked }) => ticked).length,
            },
          ])
        }
      }),
      { numRuns: 15 },
    )
  })

  it('while a text stays text, whatever it looks like and however it is named', async () => {
    await fc.assert(
      fc.asyncProperty(sample, async (one) => {
        await keep([one])
        for (const [, ask] of everything()) {
          expect(await ask('SELECT words AS at, words AS writtenAt, words AS until FROM sample')).toEqual([
            { at: one.words, writtenAt: one.words, until: one.words },
          ])
        }
      }),
      { numRuns: 15 },
    )
  })

  it('and null where there is nothing', async () => {
    for (const [, ask] of everything()) {
      expect(
        await ask('SELECT SUM(amountFen) AS sum, MIN(keptAt) AS firstAt, COUNT(*) AS many FROM sample'),
      ).toEqual([{ sum: null, firstAt: null, many: 0 }])
    }
  })

  const most: Sample = {
    id: newId(),
    keptAt: new Date(0),
    endedAt: null,
    amountFen: Number.MAX_SAFE_INTEGER,
    baseFen: 1,
    count: 1,
    ticked: false,
    words: '',
  }

  it.each([
    ['a stored amount', 'SELECT baseFen FROM sample'],
    ['a sum', 'SELECT SUM(amountFen) AS sum FROM sample'],
    ['a fraction', 'SELECT AVG(count) AS mean FROM sample'],
  ])('or a RangeError, when %s is no safe integer', async (_, sql) => {
    await keep([most, { ...most, id: newId(), count: 2 }])
    await database.execute('UPDATE sample SET baseFen = 9007199254740993')
    for (const [, ask] of everything()) await expect(ask(sql)).rejects.toThrow(RangeError)
  })
})
