import type { Clock } from '../config/clock.js'
import type { JobQueue, TakenJob, WaitingJob } from './job-queue.js'
import type { Jobs } from './jobs.js'
import { makesRoom } from './lane.rules.js'

/**
 * Jobs of one kind that a process does side by side, each of another tenant. The largest file takes 90 MiB of memory
 * while it is read, and its bytes.
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
  /** Those that found no place at the last look, who comes next first. */
  private waiting: WaitingJob[] = []
  private looking: Promise<void> = Promise.resolve()

  /** @param onFailure told of what went wrong beside the jobs themselves, such as a database that does not answer */
  constructor(
    private readonly kind: string,
    private readonly jobs: Jobs,
    private readonly queue: JobQueue,
    private readonly clock: Clock,
    private readonly onFailure: (error: unknown) => void,
  ) {}

  /** Starts what is due and finds a place, and waits for no job. */
  look(): Promise<void> {
    // One look after the other: two at once would fill one place twice.
    this.looking = this.looking.catch(() => undefined).then(() => this.fillPlaces())
    return this.looking
  }

  /** Waits for the jobs that are at work, and for the look that the end of each brings about. */
  async ended(): Promise<void> {
    await this.looking.catch(() => undefined)
    await Promise.all([...this.running].map(({ ended }) => ended))
    await this.looking.catch(() => undefined)
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
