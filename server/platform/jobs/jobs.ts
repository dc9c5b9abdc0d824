import { Injectable, Logger } from '@nestjs/common'
import { Clock } from '../config/clock.js'
import { Database } from '../database/database.js'
import { JobQueue, type TakenJob } from './job-queue.js'

const ATTEMPTS = 5

export interface JobRun {
  subjectId: string
  /**
   * Call it between two steps, each of which takes about a second at most. It renews the lease, which lasts a minute.
   * @throws when the job is to stop here: others wait for its place, the process ends, or another has taken over.
   * Let the error pass; the job is called again and has to go on where it was.
   */
  renewLease: () => Promise<void>
}

export interface JobHandler {
  run(run: JobRun): Promise<void>
  /** Called when the last attempt failed or died, so that the row the person looks at says so. */
  onGivenUp(subjectId: string, error: unknown): Promise<void>
}

/** The job stops at the end of a step and is handed back. */
class HandedBack extends Error {}

/** Work after the answer: queued inside the transaction that asks for it, done by whichever process is free. */
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

  /** @param tenantId the unit that asks: its jobs of one kind are done one after the other, and nobody else waits for them */
  enqueue(kind: string, subjectId: string, tenantId: string): Promise<void> {
    return this.queue.add(kind, subjectId, tenantId)
  }

  /** Asks the work that is going on to stop at its next step; another process, or the next start, goes on with it. */
  stop(): void {
    this.stopping = true
  }

  get isStopping(): boolean {
    return this.stopping
  }

  /** The kinds of this version: one that only a newer version knows is left to it. */
  kinds(): string[] {
    return [...this.handlers.keys()]
  }

  /** Does one job that is due, apart from the lanes. @returns false when nothing was due */
  async runNext(): Promise<boolean> {
    for (const kind of this.isStopping ? [] : this.kinds()) {
      for (const job of await this.queue.due(kind, 10)) {
        const taken = await this.queue.take(job)
        if (!taken) continue
        await this.run(taken)
        return true
      }
    }
    return false
  }

  /**
   * Ends when the job is done, has failed or was handed back.
   * @param isToMakeRoom asked after each step: whether another needs its place
   */
  async run(job: TakenJob, isToMakeRoom = () => false): Promise<void> {
    const handler = this.handlers.get(job.kind)
    if (!handler) return
    // Handing it back is no failure, so such attempts do not count.
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

  /** The row the person looks at and the end of the job are written together, so that neither says otherwise. */
  private async giveUp(job: TakenJob, handler: JobHandler, error: unknown): Promise<void> {
    await this.database.transaction(async () => {
      if (await this.queue.finish(job)) await handler.onGivenUp(job.subjectId, error)
    })
  }
}
