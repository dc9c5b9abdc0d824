import type { Clock } from '../config/clock.js'
import type { JobQueue, TakenJob, WaitingJob } from './job-queue.js'
import type { Jobs } from './jobs.js'
import { makesRoom } from './lane.rules.js'

/**
 * Jobs of one kind that a process runs at the same time at most, each of another tenant. Reading the largest file
 * takes 90 MiB of memory and the bytes of the file.
 */
export const PLACES = 4

interface Running {
  job: TakenJob
  since: Date
  ended: Promise<void>
}

/** The jobs of one kind in this process. */
export class JobLane {
  private readonly running = new Set<Running>()
  /** Due jobs that found no place at the last look; the next one to run is first. */
  private waiting: WaitingJob[] = []
  private looking: Promise<void> = Promise.resolve()

  /** @param onFailure gets errors outside of the jobs themselves, such as a database that does not answer */
  constructor(
    private readonly kind: string,
    private readonly jobs: Jobs,
    private readonly queue: JobQueue,
    private readonly clock: Clock,
    private readonly onFailure: (error: unknown) => void,
  ) {}

  /** Starts due jobs that find a place. Does not wait for the jobs to end. */
  look(): Promise<void> {
    // Looks run one after the other, because two at once would fill one place twice.
    this.looking = this.looking.catch(() => undefined).then(() => this.fillPlaces())
    return this.looking
  }

  /** Waits for the running jobs, and for the jobs that take their places, until no job runs. */
  async ended(): Promise<void> {
    await this.looking.catch(() => undefined)
    while (this.running.size > 0) {
      await Promise.all([...this.running].map(({ ended }) => ended))
      await this.looking.catch(() => undefined)
    }
  }

  private async fillPlaces(): Promise<void> {
    if (this.jobs.isStopping) return
    const due = await this.queue.due(this.kind, 2 * PLACES)
    for (const job of due.splice(0, PLACES - this.running.size)) {
      const taken = await this.queue.take(job)
      if (taken) this.start(taken)
    }
    this.waiting = due
  }

  private start(job: TakenJob): void {
    const running: Running = { job, since: this.clock.now(), ended: Promise.resolve() }
    this.running.add(running)
    running.ended = this.jobs
      .run(job, () => this.isToMakeRoom(running))
      .catch(this.onFailure)
      .finally(() => {
        this.running.delete(running)
        this.look().catch(this.onFailure)
      })
  }

  private isToMakeRoom(asking: Running): boolean {
    const [next] = this.waiting
    if (!next) return false
    const now = this.clock.now().getTime()
    const running = [...this.running].map((each) => ({
      each,
      ranMs: each.job.ranMs + now - each.since.getTime(),
    }))
    const run = running.find(({ each }) => each === asking)
    if (!run || !makesRoom(run, running, next)) return false
    this.waiting.shift()
    return true
  }
}
