import { Injectable, Logger } from '@nestjs/common'
import { Clock } from '../config/clock.js'
import { JobLane } from './job-lane.js'
import { JobQueue } from './job-queue.js'
import { Jobs } from './jobs.js'

/** Each kind of job has a lane of its own: none waits for another, and no tenant long for the job of another. */
@Injectable()
export class JobLanes {
  private readonly logger = new Logger(JobLanes.name)
  private readonly lanes = new Map<string, JobLane>()

  constructor(
    private readonly jobs: Jobs,
    private readonly queue: JobQueue,
    private readonly clock: Clock,
  ) {}

  /** Starts what is due, and waits for no job. */
  async look(): Promise<void> {
    await Promise.all(this.jobs.kinds().map((kind) => this.laneOf(kind).look()))
  }

  /** Asks the jobs that are at work to stop at their next step, and waits until they have. */
  async stop(): Promise<void> {
    this.jobs.stop()
    await this.ended()
  }

  /** Waits for the jobs that are at work. */
  async ended(): Promise<void> {
    await Promise.all([...this.lanes.values()].map((lane) => lane.ended()))
  }

  private laneOf(kind: string): JobLane {
    let lane = this.lanes.get(kind)
    if (!lane) {
      const onFailure = (error: unknown) =>
        this.logger.error({ kind, error }, 'a job could not be looked after')
      lane = new JobLane(kind, this.jobs, this.queue, this.clock, onFailure)
      this.lanes.set(kind, lane)
    }
    return lane
  }
}
