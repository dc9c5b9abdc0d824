import { ClockLock } from '../../../server/platform/jobs/clock-lock.entity.js'
import { Locks } from '../../../server/platform/jobs/locks.js'
import { PlatformFixture } from '../database/platform-fixture.js'

const LONGEST_SECONDS = 60

describe('Recurring work', () => {
  let platform: PlatformFixture
  let locks: Locks

  beforeAll(async () => {
    platform = await PlatformFixture.open()
    locks = platform.get(Locks)
  })
  afterEach(() => platform.database.repository(ClockLock).clear())
  afterAll(() => platform.close())

  const tryTo = (work: () => Promise<void>, name = 'test.work') =>
    locks.exclusively(name, LONGEST_SECONDS * 1000, work)

  /** Holds the lock until it is let go. */
  const hold = async () => {
    let letGo: (error?: Error) => void = () => undefined
    let held: Promise<boolean> | undefined
    await new Promise<void>((started) => {
      held = tryTo(
        () =>
          new Promise<void>((done, fail) => {
            letGo = (error) => (error ? fail(error) : done())
            started()
          }),
      )
    })
    return { letGo, held: held ?? Promise.resolve(false) }
  }

  it.each(['the very first time', 'later on'])(
    'lets in exactly one of many who come at once, %s',
    async (when) => {
      if (when === 'later on') await tryTo(() => Promise.resolve())
      let inside = 0
      let most = 0
      let runs = 0
      let open: () => void = () => undefined
      const gate = new Promise<void>((resolve) => (open = resolve))
      const all = Array.from({ length: 8 }, () =>
        tryTo(async () => {
          runs += 1
          inside += 1
          most = Math.max(most, inside)
          await gate
          inside -= 1
        }),
      )
      let refused = 0
      await new Promise<void>((resolve) => {
        for (const one of all) void one.then((ran) => !ran && ++refused === 7 && resolve())
      })
      open()
      expect((await Promise.all(all)).filter(Boolean)).toHaveLength(1)
      expect([runs, most]).toEqual([1, 1])
    },
  )

  it('is free again as soon as its holder is done, or has failed', async () => {
    expect(await tryTo(() => Promise.resolve())).toBe(true)
    await expect(tryTo(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
    expect(await tryTo(() => Promise.resolve())).toBe(true)
  })

  it('of another name does not wait', async () => {
    const { letGo, held } = await hold()
    expect(await tryTo(() => Promise.resolve(), 'test.other')).toBe(true)
    expect(await tryTo(() => Promise.resolve())).toBe(false)
    letGo()
    expect(await held).toBe(true)
  })

  it('goes on elsewhere when the holder has crashed, after its longest time and not before', async () => {
    const crashed = await hold()
    platform.passSeconds(LONGEST_SECONDS - 1)
    expect(await tryTo(() => Promise.resolve())).toBe(false)
    platform.passSeconds(1)
    expect(await tryTo(() => Promise.resolve())).toBe(true)
    crashed.letGo()
    await crashed.held
  })

  it('that overran does not take the lock away from who holds it now', async () => {
    const overrun = await hold()
    platform.passSeconds(LONGEST_SECONDS)
    const successor = await hold()
    overrun.letGo()
    await overrun.held
    expect(await tryTo(() => Promise.resolve())).toBe(false)
    successor.letGo()
    await successor.held
    expect(await tryTo(() => Promise.resolve())).toBe(true)
  })
})
