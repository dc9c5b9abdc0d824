import { ClockLock } from '../../../server/platform/jobs/clock-lock.entity.js'
import type { Database } from '../../../server/platform/database/database.js'
import { isDeadlock, isDuplicate } from '../../../server/platform/database/errors.js'
import { isEmbedded } from '../../../server/platform/database/engine.js'
import { newId } from '../../../server/platform/database/ids.js'
import { Job } from '../../../server/platform/jobs/job.entity.js'
import { Jobs } from '../../../server/platform/jobs/jobs.js'
import { nextTurn } from './overlap-scenarios.js'
import { PlatformFixture } from './platform-fixture.js'

const NOON = new Date('2026-11-21T04:00:00.000Z')
/** MariaDB and MySQL call it differently. */
const LEVEL_OF_ISOLATION = `SHOW VARIABLES WHERE Variable_name IN ('tx_isolation', 'transaction_isolation')`

describe('Inside Database.transaction', () => {
  let platform: PlatformFixture
  let database: Database

  beforeAll(async () => {
    platform = await PlatformFixture.open()
    database = platform.database
  })
  afterEach(async () => {
    await database.repository(ClockLock).clear()
    await database.repository(Job).clear()
  })
  afterAll(() => platform.close())

  const names = async () =>
    (await database.repository(ClockLock).find({ order: { name: 'ASC' } })).map(({ name }) => name)
  const add = (name: string) => database.repository(ClockLock).insert({ name, heldUntil: NOON })

  it('repositories, raw statements and services join without being handed anything', async () => {
    const work = database.transaction(async () => {
      await add('by-repository')
      await database.execute('INSERT INTO clock_lock (name, heldUntil) VALUES (?, ?)', ['by-statement', NOON])
      await platform.get(Jobs).enqueue('by.service', newId(), newId())
      expect(await names()).toEqual(['by-repository', 'by-statement'])
      throw new Error('something else failed')
    })
    await expect(work).rejects.toThrow('something else failed')
    expect(await names()).toEqual([])
    expect(await database.repository(Job).count()).toBe(0)
  })

  it('statements that are kept prepared join as well, read what was written and say what is there twice', async () => {
    const work = database.transaction(async () => {
      await database.executePrepared('INSERT INTO clock_lock (name, heldUntil) VALUES (?, ?)', [
        'prepared',
        NOON,
      ])
      const rows = await database.queryPrepared<{ name: string }>(
        'SELECT name FROM clock_lock WHERE name = ?',
        ['prepared'],
      )
      expect(rows.map(({ name }) => name)).toEqual(['prepared'])
      expect(
        await database.executePrepared('UPDATE clock_lock SET heldUntil = ? WHERE name IN (?, ?)', [
          NOON,
          'prepared',
          'x',
        ]),
      ).toBe(1)
      await add('prepared')
    })
    expect(isDuplicate(await work.catch((error: unknown) => error))).toBe(true)
    expect(await names()).toEqual([])
  })

  it('every connection isolates its transactions alike, however many there are', async () => {
    if (isEmbedded) return
    const isolation = () =>
      database.transaction(async () => {
        const [row] = await database.query<{ Value: string }>(LEVEL_OF_ISOLATION)
        return row?.Value
      })
    expect(new Set(await Promise.all(Array.from({ length: 12 }, isolation)))).toEqual(
      new Set(['READ-COMMITTED']),
    )
  })

  it('another transaction joins the open one: nothing is committed before the outer one is', async () => {
    const work = database.transaction(async () => {
      await database.transaction(() => add('inner'))
      throw new Error('the outer one fails')
    })
    await expect(work).rejects.toThrow('the outer one fails')
    expect(await names()).toEqual([])
    await database.transaction(async () => {
      await add('outer')
      await database.transaction(() => add('inner'))
    })
    expect(await names()).toEqual(['inner', 'outer'])
  })

  it('a last step ends every transaction of its work, inside it, and no other', async () => {
    let steps = 0
    const step = () =>
      database.execute(`INSERT INTO clock_lock (name, heldUntil) VALUES (?, ?)`, [`step-${++steps}`, NOON])
    await database.beforeCommit(
      async () => void (await step()),
      async () => {
        await database.transaction(async () => {
          await add('outer')
          await database.transaction(() => add('inner'))
          expect(steps).toBe(0)
        })
        await database.transaction(() => add('second'))
        await expect(database.transaction(() => Promise.reject(new Error('refused')))).rejects.toThrow(
          'refused',
        )
        await add('alone')
      },
    )
    await database.transaction(() => add('later'))
    expect(await names()).toEqual(['alone', 'inner', 'later', 'outer', 'second', 'step-1', 'step-2'])
  })

  it('a last step that fails takes the transaction with it', async () => {
    const work = database.beforeCommit(
      () => Promise.reject(new Error('taken over')),
      () => database.transaction(() => add('work')),
    )
    await expect(work).rejects.toThrow('taken over')
    expect(await names()).toEqual([])
  })

  it('nothing is visible outside before it is committed', async () => {
    let seenOutside: string[] | undefined
    let look: () => void = () => undefined
    const looked = new Promise<void>((resolve) => (look = resolve))
    // Begun outside, so that it belongs to no transaction.
    const onlooker = looked.then(async () => {
      seenOutside = await names()
    })
    await database.transaction(async () => {
      await add('not-yet')
      look()
      await onlooker
    })
    expect(seenOutside).toEqual([])
    expect(await names()).toEqual(['not-yet'])
  })

  it('fifty compare-and-sets at once lose no increment', async () => {
    await database.repository(Job).insert({
      id: newId(),
      kind: 'count',
      subjectId: newId(),
      attempts: 0,
      runAfter: NOON,
      createdAt: NOON,
      finishedAt: null,
    })
    const increment = async (): Promise<void> => {
      const done = await database.transaction(async () => {
        const [job] = await database.query<{ attempts: number }>('SELECT attempts FROM job')
        await nextTurn()
        return database.compareAndSet('UPDATE job SET attempts = attempts + 1 WHERE attempts = ?', [
          job?.attempts,
        ])
      })
      if (!done) await increment()
    }
    await Promise.all(Array.from({ length: 50 }, increment))
    expect(await database.repository(Job).find()).toMatchObject([{ attempts: 50 }])
  })

  it('two who lock the same two rows crosswise both succeed', async () => {
    await add('one')
    await add('two')
    let begun = 0
    let attempts = 0
    const touch = (name: string, seconds: number) =>
      database.execute('UPDATE clock_lock SET heldUntil = ? WHERE name = ?', [
        new Date(NOON.getTime() + seconds * 1000),
        name,
      ])
    const crosswise = (first: string, second: string, seconds: number) =>
      database.transaction(async () => {
        attempts += 1
        await touch(first, seconds)
        begun += 1
        // Both hold their first row before either asks for its second; the embedded engine lets one in at a time.
        while (!isEmbedded && begun < 2) await nextTurn()
        await touch(second, seconds)
      })
    await Promise.all([crosswise('one', 'two', 1), crosswise('two', 'one', 2)])
    const rows = await database.repository(ClockLock).find()
    expect(new Set(rows.map(({ heldUntil }) => heldUntil.getTime())).size).toBe(1)
    expect(attempts).toBe(isEmbedded ? 2 : 3)
  })

  it('work that fails for its own reasons is not done again', async () => {
    let attempts = 0
    const work = database.transaction(async () => {
      attempts += 1
      await add('same')
      await add('same')
    })
    const failure: unknown = await work.catch((error: unknown) => error)
    expect([isDuplicate(failure), isDeadlock(failure)]).toEqual([true, false])
    expect(attempts).toBe(1)
    expect(await names()).toEqual([])
  })
})
