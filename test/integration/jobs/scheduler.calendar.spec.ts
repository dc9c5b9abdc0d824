import { ClockLock } from '../../../server/platform/jobs/clock-lock.entity.js'
import { Scheduler } from '../../../server/platform/jobs/scheduler.js'
import { PlatformFixture } from '../database/platform-fixture.js'

const NAME = 'test.nightly'

describe('Work at three in the night in Shanghai', () => {
  let platform: PlatformFixture
  let scheduler: Scheduler
  let done: Date[]
  let work: () => Promise<void>

  beforeAll(async () => {
    platform = await PlatformFixture.open()
    scheduler = platform.get(Scheduler)
    scheduler.at('0 3 * * *', NAME, async () => {
      await work()
      done.push(platform.now)
    })
  })
  afterAll(() => platform.close())
  beforeEach(async () => {
    await platform.database.repository(ClockLock).clear()
    done = []
    work = () => Promise.resolve()
    await turnTo('2026-11-21T12:00:00+08:00')
  })

  /** The clock shows this, and the work is looked at. */
  const turnTo = async (time: string) => {
    platform.now = new Date(time)
    await scheduler.beat(NAME)
  }

  it('is not done when it is seen for the first time: nothing was missed', () => {
    expect(done).toEqual([])
  })

  it('is done once each night', async () => {
    await turnTo('2026-11-22T02:59:59.999+08:00')
    expect(done).toHaveLength(0)
    await turnTo('2026-11-22T03:00:00+08:00')
    expect(done).toHaveLength(1)
    await turnTo('2026-11-22T03:01:00+08:00')
    await turnTo('2026-11-23T02:59:00+08:00')
    expect(done).toHaveLength(1)
    await turnTo('2026-11-23T03:00:30+08:00')
    expect(done).toHaveLength(2)
  })

  it('that was missed is made up for once, however many nights nobody ran', async () => {
    await turnTo('2026-11-29T10:00:00+08:00')
    await turnTo('2026-11-29T10:01:00+08:00')
    expect(done).toHaveLength(1)
    await turnTo('2026-11-30T03:00:00+08:00')
    expect(done).toHaveLength(2)
  })

  it('is tried again when it failed', async () => {
    work = () => Promise.reject(new Error('not tonight'))
    await expect(turnTo('2026-11-22T03:00:00+08:00')).rejects.toThrow('not tonight')
    work = () => Promise.resolve()
    await turnTo('2026-11-22T03:01:00+08:00')
    await turnTo('2026-11-22T03:02:00+08:00')
    expect(done).toEqual([new Date('2026-11-22T03:01:00+08:00')])
  })

  it('is done by one of two processes, and by the other when that one died', async () => {
    const another = await platform.another()
    const otherScheduler = another.get(Scheduler)
    const doneThere: Date[] = []
    otherScheduler.at('0 3 * * *', NAME, () => {
      doneThere.push(platform.now)
      return Promise.resolve()
    })
    await turnTo('2026-11-22T03:00:00+08:00')
    await otherScheduler.beat(NAME)
    expect([done.length, doneThere.length]).toEqual([1, 0])
    let die: () => void = () => undefined
    let hasBegun = false
    work = () => {
      hasBegun = true
      return new Promise((resolve) => (die = resolve))
    }
    platform.now = new Date('2026-11-23T03:00:00+08:00')
    const died = scheduler.beat(NAME)
    while (!hasBegun) await new Promise((resolve) => setImmediate(resolve))
    platform.now = new Date('2026-11-23T03:59:59+08:00')
    await otherScheduler.beat(NAME)
    expect(doneThere).toEqual([])
    platform.now = new Date('2026-11-23T04:00:00+08:00')
    await otherScheduler.beat(NAME)
    expect(doneThere).toHaveLength(1)
    die()
    await died
    await another.close()
  })

  it('says at once when its times cannot be understood', () => {
    expect(() => scheduler.at('at night', 'test.never', () => Promise.resolve())).toThrow()
  })
})
