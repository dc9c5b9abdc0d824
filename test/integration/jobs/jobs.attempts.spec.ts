import { Clock } from '../../../server/platform/config/clock.js'
import { newId } from '../../../server/platform/database/ids.js'
import { Job } from '../../../server/platform/jobs/job.entity.js'
import { JobLanes } from '../../../server/platform/jobs/job-lanes.js'
import { JobQueue } from '../../../server/platform/jobs/job-queue.js'
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
  /** Waits until its process has noticed. */
  ended(): Promise<void>
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

  /** The lanes of another process, none of whose places is taken. */
  const lanesOfAProcess = () => new JobLanes(jobs, platform.get(JobQueue), platform.get(Clock))

  /** A process does all that is due. */
  const work = async () => {
    const lanes = lanesOfAProcess()
    await lanes.look()
    await lanes.ended()
  }

  /** A process takes the job and stops in the middle of it, as one does that hangs or was killed. */
  const begin = async (): Promise<Hung> => {
    let hung: Pick<Hung, 'run' | 'end'> | undefined
    const started = new Promise<void>((resolve) => {
      recorder.work = (run) =>
        new Promise<void>((done, fail) => {
          hung = { run, end: (error) => (error ? fail(error) : done()) }
          resolve()
        })
    })
    const lanes = lanesOfAProcess()
    await lanes.look()
    await started
    recorder.work = () => Promise.resolve()
    if (!hung) throw new Error('the job did not start')
    return { ...hung, ended: () => lanes.ended() }
  }

  it('asked for in a transaction that fails was never asked for', async () => {
    const other = newId()
    const asking = platform.database.transaction(async () => {
      await jobs.enqueue('test.work', other, newId())
      throw new Error('changed my mind')
    })
    await expect(asking).rejects.toThrow('changed my mind')
    await work()
    expect(recorder.runs).toEqual([subjectId])
  })

  it('is done once when two look for work at the same moment', async () => {
    await Promise.all([work(), work()])
    expect(recorder.runs).toEqual([subjectId])
    expect((await stored()).finishedAt).not.toBeNull()
    await work()
    expect(recorder.runs).toEqual([subjectId])
  })

  it('five at once are done once each by five processes', async () => {
    for (let count = 1; count < 5; count++) await jobs.enqueue('test.work', newId(), newId())
    await Promise.all([1, 2, 3, 4, 5].map(work))
    expect(recorder.runs).toHaveLength(5)
    expect(new Set(recorder.runs).size).toBe(5)
  })

  it('whose process died is taken up when its lease has ended, not before', async () => {
    const died = await begin()
    platform.passSeconds(LEASE_SECONDS - 1)
    await work()
    expect(recorder.runs).toEqual([subjectId])
    platform.passSeconds(1)
    await work()
    expect(recorder.runs).toEqual([subjectId, subjectId])
    died.end()
    await died.ended()
  })

  it('that says it is still at work keeps its lease', async () => {
    const busy = await begin()
    platform.passSeconds(LEASE_SECONDS - 1)
    await busy.run.renewLease()
    platform.passSeconds(LEASE_SECONDS - 1)
    await work()
    busy.end()
    await busy.ended()
    expect(recorder.runs).toEqual([subjectId])
  })

  it('that was taken over stops at its next word, and no longer decides about the job', async () => {
    const slow = await begin()
    platform.passSeconds(LEASE_SECONDS)
    const second = await begin()
    await expect(slow.run.renewLease()).rejects.toThrow('taken over')
    const { runAfter } = await stored()
    slow.end(new Error('too late'))
    await slow.ended()
    expect(await stored()).toMatchObject({ attempts: 2, finishedAt: null, runAfter })
    second.end()
    await second.ended()
    expect((await stored()).finishedAt).not.toBeNull()
  })

  it('is tried again after waits that grow, and is given up after five attempts; its handler is told once', async () => {
    recorder.work = () => Promise.reject(new Error('no luck'))
    const waits: number[] = []
    for (let attempt = 1; attempt < 5; attempt++) {
      await work()
      expect(recorder.runs).toHaveLength(attempt)
      const seconds = ((await stored()).runAfter.getTime() - platform.now.getTime()) / 1000
      waits.push(seconds)
      platform.passSeconds(seconds - 0.001)
      await work()
      expect(recorder.runs).toHaveLength(attempt)
      platform.passSeconds(0.001)
    }
    expect(recorder.givenUp).toEqual([])
    await work()
    expect(waits).toEqual([1, 4, 16, 64])
    expect(recorder.givenUp).toEqual([[subjectId, 'no luck']])
    platform.passSeconds(3600)
    await work()
    expect(recorder.runs).toHaveLength(5)
  })

  it('that kills its process every time is given up as well', async () => {
    const died = []
    for (let attempt = 1; attempt <= 5; attempt++) {
      died.push(await begin())
      platform.passSeconds(LEASE_SECONDS)
    }
    await work()
    expect(recorder.givenUp).toEqual([[subjectId, expect.stringContaining('died')]])
    platform.passSeconds(3600)
    await work()
    expect(recorder.runs).toHaveLength(5)
    for (const { end, ended } of died) {
      end()
      await ended()
    }
  })

  it('of a kind that only a newer version knows is left to it, the others go on', async () => {
    await platform.database.repository(Job).update({ subjectId }, { kind: 'test.forgotten' })
    const known = newId()
    await jobs.enqueue('test.work', known, newId())
    await work()
    expect(recorder.runs).toEqual([known])
    expect(await stored()).toMatchObject({ attempts: 0, finishedAt: null })
  })
})
