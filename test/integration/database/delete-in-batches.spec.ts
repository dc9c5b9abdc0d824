import { LessThan } from 'typeorm'
import { deleteInBatches } from '../../../server/platform/database/delete-in-batches.js'
import { ClockLock } from '../../../server/platform/jobs/clock-lock.entity.js'
import { PlatformFixture } from './platform-fixture.js'

const OLD = new Date('2026-01-01T00:00:00Z')
const LIMIT = new Date('2026-06-01T00:00:00Z')
const YOUNG = new Date('2026-11-01T00:00:00Z')

describe('Old rows are deleted in batches', () => {
  let platform: PlatformFixture

  beforeAll(async () => {
    platform = await PlatformFixture.open()
  })
  afterEach(() => platform.database.repository(ClockLock).clear())
  afterAll(() => platform.close())

  const add = (count: number, prefix: string, heldUntil: Date) =>
    platform.database
      .repository(ClockLock)
      .insert(Array.from({ length: count }, (_, index) => ({ name: `${prefix}-${index}`, heldUntil })))
  const old = { heldUntil: LessThan(LIMIT) }
  const countOld = () => platform.database.repository(ClockLock).countBy(old)

  it('all of them, and none that is young', async () => {
    await add(1_100, 'old', OLD)
    await add(30, 'young', YOUNG)
    await deleteInBatches(platform.database, ClockLock, old)
    expect(await countOld()).toBe(0)
    expect(await platform.database.repository(ClockLock).count()).toBe(30)
  })

  it('not many more than were asked for; the rest is left for the next time', async () => {
    await add(1_100, 'old', OLD)
    await deleteInBatches(platform.database, ClockLock, old, 700)
    expect(await countOld()).toBe(100)
    await deleteInBatches(platform.database, ClockLock, old, 700)
    expect(await countOld()).toBe(0)
  })

  it('never inside a transaction, which would hold them all until its end', async () => {
    await add(2, 'old', OLD)
    const work = platform.database.transaction(() => deleteInBatches(platform.database, ClockLock, old))
    await expect(work).rejects.toThrow('outside a transaction only')
    expect(await countOld()).toBe(2)
  })

  it('but one that is used anew between looking and deleting stays', async () => {
    await add(2, 'old', OLD)
    const rows = platform.database.repository(ClockLock)
    const remove = rows.delete.bind(rows)
    jest.spyOn(platform.database, 'repository').mockReturnValue(rows)
    jest.spyOn(rows, 'delete').mockImplementationOnce(async (which) => {
      await rows.update('old-0', { heldUntil: YOUNG })
      return remove(which)
    })
    await deleteInBatches(platform.database, ClockLock, old)
    jest.restoreAllMocks()
    expect((await platform.database.repository(ClockLock).find()).map(({ name }) => name)).toEqual(['old-0'])
  })
})
