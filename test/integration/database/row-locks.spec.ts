import type { Database } from '../../../server/platform/database/database.js'
import { ClockLock } from '../../../server/platform/jobs/clock-lock.entity.js'
import { PlatformFixture } from './platform-fixture.js'

const NOON = new Date('2026-11-21T04:00:00.000Z')

describe('A row that is locked', () => {
  let platform: PlatformFixture
  let database: Database

  beforeAll(async () => {
    platform = await PlatformFixture.open()
    database = platform.database
    await database.repository(ClockLock).insert(['one', 'two'].map((name) => ({ name, heldUntil: NOON })))
  })
  afterAll(() => platform.close())

  const secondsOf = async (name: string) => {
    const { heldUntil } = await database.repository(ClockLock).findOneByOrFail({ name })
    return (heldUntil.getTime() - NOON.getTime()) / 1000
  }
  /** Reads and then writes, which loses an increment unless nobody else is between. */
  const addSecond = async (name: string) => {
    const seconds = await secondsOf(name)
    await database
      .repository(ClockLock)
      .update(name, { heldUntil: new Date(NOON.getTime() + (seconds + 1) * 1000) })
  }

  it('keeps others waiting until the transaction ends, who then see what was done', async () => {
    const increment = () =>
      database.transaction(async () => {
        await database.lock(ClockLock, 'one')
        await addSecond('one')
      })
    await Promise.all(Array.from({ length: 12 }, increment))
    expect(await secondsOf('one')).toBe(12)
  })

  it('is not changed, nor are several, nor one that is not there', async () => {
    const before = await database.repository(ClockLock).find()
    await database.transaction(async () => {
      await database.lock(ClockLock, ['one', 'two', 'nobody'])
      await database.lock(ClockLock, [])
    })
    expect(await database.repository(ClockLock).find()).toEqual(before)
  })

  it('is held by a transaction, so there must be one', async () => {
    await expect(database.lock(ClockLock, 'one')).rejects.toThrow('inside a transaction only')
  })
})
