import { Injectable, Logger } from '@nestjs/common'
import { Clock } from '../config/clock.js'
import { Database } from '../database/database.js'
import { JobQueue, type TakenJob } from './job-queue.js'

const ATTEMPTS = 5

export interface JobRun {
  subjectId: string
  /**
   * Call it between two steps, each of at most about a second. It renews the lease, which lasts 60 s.
   * @throws when the job has to stop here: another job needs its place, the process ends, or another process has
   * taken the job over. Do not catch this error. The job is called again and must go on where it stopped.
   */
  renewLease: () => Promise<void>
}

export interface JobHandler {
  run(run: JobRun): Promise<void>
  /** Called when the last attempt failed or its process died. It marks the row that the person looks at as failed. */
  onGivenUp(subjectId: string, error: unknown): Promise<void>
}

/** The job stops at the end of a step and is handed back. */
class HandedBack extends Error {}

/**
 * Work that runs after the response. A job is queued inside the transaction that asks for it, and any process with a
 * free place runs it.
 */
@Injectable()
export class Jobs {
  private readonly logger = new Logger(Jobs.name)
  private readonly handlers = new Map<string, JobHandler>()
  private stopping = false

  constructor(
    private readonly database: Database,
    private readonly queue: JobQueue,
    private readonly clock: Clock,
  ) {}

  handle(kind: string, handler: JobHandler): void {
    this.handlers.set(kind, handler)
  }

  /** @param tenantId the unit that asks: its jobs of one kind run one after the other; no other unit waits for them */
  enqueue(kind: string, subjectId: string, tenantId: string): Promise<void> {
    return this.queue.add(kind, subjectId, tenantId)
  }

  /** Asks the running jobs to stop at their next step. Another process, or the next start, continues them. */
  stop(): void {
    this.stopping = true
  }

  get isStopping(): boolean {
    return this.stopping
  }

  /** The kinds that this version can run. A kind of a newer version waits for a process of that version. */
  kinds(): string[] {
    return [...this.handlers.keys()]
  }

  /**
   * Resolves when the job is done, has failed or was handed back.
   * @param isToMakeRoom called after each step; true when another job needs the place
   */
  async run(job: TakenJob, isToMakeRoom = () => false): Promise<void> {
    const handler = this.handlers.get(job.kind)
    if (!handler) return
    // An attempt that handed the job back did not fail, so it does not count.
    const attempt = job.attempts - job.handedBack
    if (attempt > ATTEMPTS) {
      return this.giveUp(job, handler, new Error(`the process died in each of ${ATTEMPTS} attempts`))
    }
    const since = this.clock.now()
    try {
      await handler.run({ subjectId: job.subjectId, renewLease: () => this.renew(job, isToMakeRoom) })
      await this.queue.finish(job)
    } catch (error) {
      if (error instanceof HandedBack) {
        return this.queue.handBack(job, this.clock.now().getTime() - since.getTime())
      }
      this.logger.error({ kind: job.kind, jobId: job.id, attempt, error }, 'job failed')
      if (attempt >= ATTEMPTS) return this.giveUp(job, handler, error)
      await this.queue.tryAgainIn(1000 * 4 ** (attempt - 1), job)
    }
  }

  private async renew(job: TakenJob, isToMakeRoom: () => boolean): Promise<void> {
    if (this.stopping || isToMakeRoom()) throw new HandedBack()
    if (!(await this.queue.renew(job))) throw new Error(`job ${job.id} was taken over by another process`)
  }

  /** Writes the person's row and the end of the job in one transaction, so that both say the same. */
  private async giveUp(job: TakenJob, handler: JobHandler, error: unknown): Promise<void> {
    await this.database.transaction(async () => {
      if (await this.queue.finish(job)) await handler.onGivenUp(job.subjectId, error)
    })
  }
}
