import { newId } from '../../../server/platform/database/ids.js'
import { Job } from '../../../server/platform/jobs/job.entity.js'
import { PLACES } from '../../../server/platform/jobs/job-lane.js'
import { JobLanes } from '../../../server/platform/jobs/job-lanes.js'
import { Jobs } from '../../../server/platform/jobs/jobs.js'
import { PlatformFixture } from '../database/platform-fixture.js'
import { StepwiseWork, until } from './stepwise-work.js'

/** How often a process looks for work, and how long a step of a large job takes. */
const LOOK_SECONDS = 0.5
const STEP_SECONDS = 0.5

describe('Jobs of several tenants', () => {
  let platform: PlatformFixture
  let jobs: Jobs
  let lanes: JobLanes
  let work: StepwiseWork
  let otherWork: StepwiseWork

  beforeAll(async () => {
    platform = await PlatformFixture.open()
    jobs = platform.get(Jobs)
    lanes = platform.get(JobLanes)
  })
  beforeEach(() => {
    work = new StepwiseWork()
    otherWork = new StepwiseWork()
    jobs.handle('test.work', work)
    jobs.handle('test.other', otherWork)
  })
  afterEach(async () => {
    await platform.database.repository(Job).clear()
    await endAll(lanes.ended())
  })
  afterAll(() => platform.close())

  /** Ends every job that is at work, until the lanes say that none is. */
  const endAll = async (ended: Promise<void>) => {
    let isOver = false
    const over = ended.then(() => (isOver = true))
    await until(() => {
      for (const each of [work, otherWork]) each.atWork().forEach((subjectId) => each.end(subjectId))
      return isOver
    })
    await over
  }

  /** @returns the subject by which the job is known */
  const ask = async (tenantId = newId(), kind = 'test.work'): Promise<string> => {
    const subjectId = newId()
    await jobs.enqueue(kind, subjectId, tenantId)
    // Within one millisecond nobody was first.
    const asked = Date.now()
    await until(() => Date.now() > asked)
    return subjectId
  }
  const askMany = async (count: number): Promise<string[]> => {
    const subjectIds: string[] = []
    for (let index = 0; index < count; index++) subjectIds.push(await ask())
    return subjectIds
  }
  /** Some time passes, in which every large job does a step and the process looks for work. */
  const pass = async (seconds: number) => {
    platform.passSeconds(seconds)
    await lanes.look()
    work.step()
    await until(() => work.atWork().length === PLACES)
  }

  it('are done side by side, as many as there are places', async () => {
    const asked = await askMany(PLACES + 2)
    await lanes.look()
    await until(() => work.started.length === PLACES)
    expect(work.started.sort()).toEqual(asked.slice(0, PLACES).sort())
    await lanes.look()
    expect(work.started).toHaveLength(PLACES)
    work.end(asked[0] ?? '')
    await until(() => work.started.length === PLACES + 1)
    expect(work.started.at(-1)).toBe(asked[PLACES])
  })

  it('of one tenant are done in their order, one at a time, also by two processes', async () => {
    const tenantId = newId()
    const asked = [await ask(tenantId), await ask(tenantId), await ask(tenantId)]
    const another = await platform.another()
    another.get(Jobs).handle('test.work', work)
    for (const subjectId of asked) {
      await lanes.look()
      await another.get(JobLanes).look()
      await until(() => work.atWork().length > 0)
      expect(work.atWork()).toEqual([subjectId])
      work.end(subjectId)
    }
    await lanes.ended()
    await another.get(JobLanes).ended()
    expect(work.started).toEqual(asked)
    await another.close()
  })

  it('wait for no other kind, however many of it there are', async () => {
    await askMany(PLACES + 2)
    await lanes.look()
    await until(() => work.atWork().length === PLACES)
    const other = await ask(newId(), 'test.other')
    await lanes.look()
    await until(() => otherWork.started.length > 0)
    expect(otherWork.started).toEqual([other])
  })

  it('a small one starts within two seconds beside more large ones than there are places', async () => {
    const large = await askMany(PLACES + 3)
    await lanes.look()
    await until(() => work.atWork().length === PLACES)
    for (let round = 0; round < 30; round++) await pass(STEP_SECONDS)
    expect(new Set(work.started)).toEqual(new Set(large))
    for (let round = 0; round < 5; round++) {
      const small = await ask()
      platform.passSeconds(LOOK_SECONDS)
      await lanes.look()
      expect(work.started).not.toContain(small)
      platform.passSeconds(STEP_SECONDS)
      work.step()
      await until(() => work.started.includes(small))
      // It is done undisturbed, however much the large ones want its place.
      await lanes.look()
      work.step()
      await until(() => work.atWork().length === PLACES)
      expect(work.atWork()).toContain(small)
      work.end(small)
      await until(() => work.atWork().length === PLACES && !work.atWork().includes(small))
    }
  })

  it('a small one starts within two seconds also when a dozen large ones came a moment before it', async () => {
    await askMany(12)
    const small = await ask()
    let seconds = 0
    while (!work.started.includes(small)) {
      await pass(STEP_SECONDS)
      seconds += STEP_SECONDS
    }
    expect(seconds).toBeLessThanOrEqual(2)
  })

  it('and in two processes the same', async () => {
    const another = await platform.another()
    const otherLanes = another.get(JobLanes)
    another.get(Jobs).handle('test.work', work)
    await askMany(2 * PLACES + 3)
    await lanes.look()
    await otherLanes.look()
    await until(() => work.atWork().length === 2 * PLACES)
    platform.passSeconds(10)
    const small = await ask()
    await otherLanes.look()
    await lanes.look()
    work.step()
    await until(() => work.started.includes(small))
    await platform.database.repository(Job).clear()
    await endAll(otherLanes.ended())
    await another.close()
  })

  it('the one that has run longest keeps its place until it is done, whoever comes', async () => {
    const first = await ask()
    await lanes.look()
    await until(() => work.atWork().length === 1)
    platform.passSeconds(5)
    for (let round = 0; round < 10; round++) {
      await askMany(PLACES)
      await lanes.look()
      await until(() => work.atWork().length === PLACES)
      await pass(STEP_SECONDS)
      expect(work.atWork()).toContain(first)
    }
    expect(work.started.filter((subjectId) => subjectId === first)).toHaveLength(1)
  })

  it('one that made room often has not failed, and is not given up', async () => {
    await askMany(PLACES + 3)
    await lanes.look()
    await until(() => work.atWork().length === PLACES)
    for (let round = 0; round < 12; round++) {
      await askMany(PLACES)
      await pass(STEP_SECONDS)
    }
    const often = await platform.database.repository(Job).find({ order: { handedBack: 'DESC' }, take: 1 })
    expect(often[0]?.handedBack).toBeGreaterThan(0)
    expect(work.givenUp).toEqual([])
  })

  it('are handed back when the process is stopped, and another goes on at once', async () => {
    const subjectId = await ask()
    const stopping = await platform.another()
    stopping.get(Jobs).handle('test.work', work)
    const itsLanes = stopping.get(JobLanes)
    await itsLanes.look()
    await until(() => work.atWork().length === 1)
    platform.passSeconds(3)
    const stopped = itsLanes.stop()
    work.step()
    await stopped
    expect(await platform.database.repository(Job).findOneByOrFail({ subjectId })).toMatchObject({
      attempts: 1,
      handedBack: 1,
      ranMs: 3000,
      runningKey: null,
      finishedAt: null,
      runAfter: platform.now,
    })
    await itsLanes.look()
    expect(work.started).toEqual([subjectId])
    await lanes.look()
    await until(() => work.atWork().length === 1)
    work.end(subjectId)
    await lanes.ended()
    expect((await platform.database.repository(Job).findOneByOrFail({ subjectId })).finishedAt).not.toBeNull()
    await stopping.close()
  })

  it('of one tenant never run at once, also when the older one was committed later', async () => {
    const tenantId = newId()
    const early = '0'.repeat(26)
    const late = await ask(tenantId)
    await lanes.look()
    await until(() => work.atWork().length === 1)
    const job = await platform.database.repository(Job).findOneByOrFail({ subjectId: late })
    const waiting = { attempts: 0, runningKey: null, runAfter: platform.now, subjectId: early }
    await platform.database.repository(Job).insert({ ...job, ...waiting, id: early })
    await lanes.look()
    expect(work.atWork()).toEqual([late])
    work.end(late)
    await until(() => work.started.length === 2)
    expect(work.started).toEqual([late, early])
  })

  it('and the older one does not wait for ever when the process of the younger one died', async () => {
    const tenantId = newId()
    const early = '0'.repeat(26)
    const late = await ask(tenantId)
    const { id, ...job } = await platform.database.repository(Job).findOneByOrFail({ subjectId: late })
    await platform.database
      .repository(Job)
      .update({ id }, { attempts: 1, runningKey: `test.work/${tenantId}`, runAfter: platform.now })
    await platform.database.repository(Job).insert({ ...job, id: early, subjectId: early })
    await lanes.look()
    await until(() => work.atWork().length === 1)
    work.end(late)
    await until(() => work.started.length === 2)
    expect(work.started).toEqual([late, early])
  })
})
