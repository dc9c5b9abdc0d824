import type { Clock } from '../config/clock.js'
import type { JobQueue, TakenJob } from './job-queue.js'
import type { Jobs, JobTurn } from './jobs.js'
import { makingRoom } from './lane.rules.js'

/**
 * Jobs of one kind that a process does side by side, each of another tenant. Reading a roster, which needs most, may
 * take up to 180 MiB.
 */
export const PLACES = 3

interface Running extends JobTurn {
  job: TakenJob
  since: Date
  ended: Promise<void>
}

/** The jobs of one kind in this process. */
export class JobLane {
  private readonly running = new Set<Running>()
  private looking: Promise<void> = Promise.resolve()

  /** @param onFailure told of what went wrong beside the jobs themselves, such as a database that does not answer */
  constructor(
    private readonly kind: string,
    private readonly jobs: Jobs,
    private readonly queue: JobQueue,
    private readonly clock: Clock,
    private readonly onFailure: (error: unknown) => void,
  ) {}

  /** Starts what is due and finds a place; where none is free it asks for some. Waits for no job. */
  look(): Promise<void> {
    // One look after the other: two at once would fill one place twice.
    this.looking = this.looking.catch(() => undefined).then(() => this.fillPlaces())
    return this.looking
  }

  /** Waits until no job is at work. */
  async ended(): Promise<void> {
    await this.looking.catch(() => undefined)
    await Promise.all([...this.running].map(({ ended }) => ended))
  }

  private async fillPlaces(): Promise<void> {
    if (this.jobs.isStopping) return
    const due = await this.queue.due(this.kind, 2 * PLACES)
    const free = due.splice(0, PLACES - this.running.size)
    for (const job of free) {
      const taken = await this.queue.take(job)
      if (taken) this.start(taken)
    }
    this.askForRoom(due)
  }

  private start(job: TakenJob): void {
    const running: Running = { job, since: this.clock.now(), isAskedBack: false, ended: Promise.resolve() }
    this.running.add(running)
    running.ended = this.jobs
      .run(job, running)
      .catch(this.onFailure)
      .finally(() => {
        this.running.delete(running)
        this.look().catch(this.onFailure)
      })
  }

  private askForRoom(waiting: ReadonlyArray<{ ranMs: number }>): void {
    const now = this.clock.now().getTime()
    const running = [...this.running].map((run) => ({
      run,
      ranMs: run.job.ranMs + now - run.since.getTime(),
    }))
    const asked = running.filter(({ run }) => run.isAskedBack).length
    const others = running.filter(({ run }) => !run.isAskedBack)
    for (const { run } of makingRoom(others, waiting.slice(asked))) run.isAskedBack = true
  }
}
