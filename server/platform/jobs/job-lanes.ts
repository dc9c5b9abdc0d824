import { Injectable, Logger } from '@nestjs/common'
import { Clock } from '../config/clock.js'
import { JobLane } from './job-lane.js'
import { JobQueue } from './job-queue.js'
import { Jobs } from './jobs.js'

/** Each kind of job has its own lane, so no kind waits for another. Within a kind no tenant waits long for another. */
@Injectable()
export class JobLanes {
  private readonly logger = new Logger(JobLanes.name)
  private readonly lanes = new Map<string, JobLane>()

  constructor(
    private readonly jobs: Jobs,
    private readonly queue: JobQueue,
    private readonly clock: Clock,
  ) {}

  /** Starts due jobs of every kind. Does not wait for the jobs to end. */
  async look(): Promise<void> {
    await Promise.all(this.jobs.kinds().map((kind) => this.laneOf(kind).look()))
  }

  /** Asks the running jobs to stop at their next step, and waits until they have stopped. */
  async stop(): Promise<void> {
    this.jobs.stop()
    await this.ended()
  }

  /** Waits until this process runs no job. */
  async ended(): Promise<void> {
    await Promise.all([...this.lanes.values()].map((lane) => lane.ended()))
  }

  private laneOf(kind: string): JobLane {
    let lane = this.lanes.get(kind)
    if (!lane) {
      const onFailure = (error: unknown) =>
        this.logger.error({ kind, error }, 'jobs could not be started or updated')
      lane = new JobLane(kind, this.jobs, this.queue, this.clock, onFailure)
      this.lanes.set(kind, lane)
    }
    return lane
  }
}
