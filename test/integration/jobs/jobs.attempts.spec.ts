import { newId } from '../../../server/platform/database/ids.js'
import { Job } from '../../../server/platform/jobs/job.entity.js'
import { Jobs, type JobHandler, type JobRun } from '../../../server/platform/jobs/jobs.js'
import { PlatformFixture } from '../database/platform-fixture.js'

const LEASE_SECONDS = 60

/** A handler that does what the test tells it, and remembers everything. */
class Recorder implements JobHandler {
  readonly runs: string[] = []
  readonly givenUp: Array<[subjectId: string, reason: string]> = []
  work: (run: JobRun) => Promise<void> = () => Promise.resolve()

  run(run: JobRun): Promise<void> {
    this.runs.push(run.subjectId)
    return this.work(run)
  }

  onGivenUp(subjectId: string, error: unknown): Promise<void> {
    this.givenUp.push([subjectId, error instanceof Error ? error.message : String(error)])
    return Promise.resolve()
  }
}

interface Hung {
  run: JobRun
  end(error?: Error): void
}

describe('A job', () => {
  let platform: PlatformFixture
  let jobs: Jobs
  let recorder: Recorder
  let subjectId: string

  beforeAll(async () => {
    platform = await PlatformFixture.open()
    jobs = platform.get(Jobs)
  })
  afterAll(() => platform.close())
  beforeEach(async () => {
    await platform.database.repository(Job).clear()
    recorder = new Recorder()
    jobs.handle('test.work', recorder)
    subjectId = newId()
    await jobs.enqueue('test.work', subjectId, newId())
  })

  const stored = () => platform.database.repository(Job).findOneByOrFail({ subjectId })

  /** Takes the job and stops in the middle of it, as a process does that hangs or was killed. */
  const begin = async (): Promise<Hung & { ended: Promise<boolean> }> => {
    let hung: Hung | undefined
    const started = new Promise<void>((resolve) => {
      recorder.work = (run) =>
        new Promise<void>((done, fail) => {
          hung = { run, end: (error) => (error ? fail(error) : done()) }
          resolve()
        })
    })
    const ended = jobs.runNext()
    await started
    recorder.work = () => Promise.resolve()
    if (!hung) throw new Error('the job did not start')
    return { ...hung, ended }
  }

  it('asked for in a transaction that fails was never asked for', async () => {
    const other = newId()
    const work = platform.database.transaction(async () => {
      await jobs.enqueue('test.work', other, newId())
      throw new Error('changed my mind')
    })
    await expect(work).rejects.toThrow('changed my mind')
    while (await jobs.runNext()) {
      // until nothing is due
    }
    expect(recorder.runs).toEqual([subjectId])
  })

  it('is done once when two look for work at the same moment', async () => {
    expect((await Promise.all([jobs.runNext(), jobs.runNext()])).sort()).toEqual([false, true])
    expect(recorder.runs).toEqual([subjectId])
    expect((await stored()).finishedAt).not.toBeNull()
    expect(await jobs.runNext()).toBe(false)
  })

  it('five at once are done once each by five who take turns', async () => {
    for (let count = 1; count < 5; count++) await jobs.enqueue('test.work', newId(), newId())
    const worker = async () => {
      while (await jobs.runNext()) {
        // the next one
      }
    }
    await Promise.all([1, 2, 3, 4, 5].map(worker))
    expect(recorder.runs).toHaveLength(5)
    expect(new Set(recorder.runs).size).toBe(5)
  })

  it('whose process died is taken up when its lease has ended, not before', async () => {
    const died = await begin()
    platform.passSeconds(LEASE_SECONDS - 1)
    expect(await jobs.runNext()).toBe(false)
    platform.passSeconds(1)
    expect(await jobs.runNext()).toBe(true)
    expect(recorder.runs).toEqual([subjectId, subjectId])
    died.end()
    await died.ended
  })

  it('that says it is still at work keeps its lease', async () => {
    const busy = await begin()
    platform.passSeconds(LEASE_SECONDS - 1)
    await busy.run.renewLease()
    platform.passSeconds(LEASE_SECONDS - 1)
    expect(await jobs.runNext()).toBe(false)
    busy.end()
    await busy.ended
    expect(recorder.runs).toEqual([subjectId])
  })

  it('that was taken over stops at its next word, and no longer decides about the job', async () => {
    const slow = await begin()
    platform.passSeconds(LEASE_SECONDS)
    const second = await begin()
    await expect(slow.run.renewLease()).rejects.toThrow('taken over')
    const { runAfter } = await stored()
    slow.end(new Error('too late'))
    await slow.ended
    expect(await stored()).toMatchObject({ attempts: 2, finishedAt: null, runAfter })
    second.end()
    await second.ended
    expect((await stored()).finishedAt).not.toBeNull()
  })

  it('is tried again after waits that grow, and is given up after five attempts; its handler is told once', async () => {
    recorder.work = () => Promise.reject(new Error('no luck'))
    const waits: number[] = []
    for (let attempt = 1; attempt < 5; attempt++) {
      expect(await jobs.runNext()).toBe(true)
      const seconds = ((await stored()).runAfter.getTime() - platform.now.getTime()) / 1000
      waits.push(seconds)
      platform.passSeconds(seconds - 0.001)
      expect(await jobs.runNext()).toBe(false)
      platform.passSeconds(0.001)
    }
    expect(recorder.givenUp).toEqual([])
    expect(await jobs.runNext()).toBe(true)
    expect(waits).toEqual([1, 4, 16, 64])
    expect(recorder.givenUp).toEqual([[subjectId, 'no luck']])
    platform.passSeconds(3600)
    expect(await jobs.runNext()).toBe(false)
    expect(recorder.runs).toHaveLength(5)
  })

  it('that kills its process every time is given up as well', async () => {
    const died = []
    for (let attempt = 1; attempt <= 5; attempt++) {
      died.push(await begin())
      platform.passSeconds(LEASE_SECONDS)
    }
    await jobs.runNext()
    expect(recorder.givenUp).toEqual([[subjectId, expect.stringContaining('died')]])
    platform.passSeconds(3600)
    expect(await jobs.runNext()).toBe(false)
    expect(recorder.runs).toHaveLength(5)
    for (const { end, ended } of died) {
      end()
      await ended
    }
  })

  it('of a kind that only a newer version knows is left to it, the others go on', async () => {
    await platform.database.repository(Job).update({ subjectId }, { kind: 'test.forgotten' })
    const known = newId()
    await jobs.enqueue('test.work', known, newId())
    while (await jobs.runNext()) {
      // until nothing is due
    }
    expect(recorder.runs).toEqual([known])
    expect(await stored()).toMatchObject({ attempts: 0, finishedAt: null })
  })
})
