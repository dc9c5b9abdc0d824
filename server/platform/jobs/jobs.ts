import { Injectable, Logger } from '@nestjs/common'
import { Clock } from '../config/clock.js'
import { Database } from '../database/database.js'
import { placeholders } from '../database/dialect.js'
import { newId } from '../database/ids.js'
import { Job } from './job.entity.js'

/** A job whose process died is taken up by another after this time. */
const LEASE_MS = 60_000
const ATTEMPTS = 5

export interface JobRun {
  subjectId: string
  /** Call at least every minute while working: it renews the lease. @throws when another process has taken over */
  renewLease: () => Promise<void>
}

export interface JobHandler {
  run(run: JobRun): Promise<void>
  /** Called when the last attempt failed or died, so that the row the person looks at says so. */
  onGivenUp(subjectId: string, error: unknown): Promise<void>
}

interface Attempt {
  id: string
  kind: string
  subjectId: string
  /** This one counted. */
  attempts: number
}

/** The process is being stopped. */
class Interrupted extends Error {}

/** Work after the answer: queued inside the transaction that asks for it, done by whichever process is free. */
@Injectable()
export class Jobs {
  private readonly logger = new Logger(Jobs.name)
  private readonly handlers = new Map<string, JobHandler>()
  private stopping = false

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  handle(kind: string, handler: JobHandler): void {
    this.handlers.set(kind, handler)
  }

  async enqueue(kind: string, subjectId: string): Promise<void> {
    const now = this.clock.now()
    await this.database
      .repository(Job)
      .insert({ id: newId(), kind, subjectId, attempts: 0, runAfter: now, createdAt: now, finishedAt: null })
  }

  /** Asks the work that is going on to stop at its next step; another process, or the next start, goes on with it. */
  stop(): void {
    this.stopping = true
  }

  /** Does one job that is due. @returns false when nothing was due */
  async runNext(): Promise<boolean> {
    // A kind that only a newer version knows is left to it.
    const kinds = [...this.handlers.keys()]
    if (kinds.length === 0 || this.stopping) return false
    const due = await this.database.query<Attempt>(
      `SELECT id, kind, subjectId, attempts FROM job
       WHERE finishedAt IS NULL AND runAfter <= ? AND kind IN (${placeholders(kinds)})
       ORDER BY runAfter, id LIMIT 10`,
      [this.clock.now(), ...kinds],
    )
    for (const job of due) {
      if (await this.claim(job.id, job.attempts)) {
        await this.run({ ...job, attempts: job.attempts + 1 })
        return true
      }
    }
    return false
  }

  private claim(id: string, attempts: number): Promise<boolean> {
    return this.database.compareAndSet(
      `UPDATE job SET runAfter = ?, attempts = attempts + 1 WHERE id = ? AND finishedAt IS NULL AND attempts = ?`,
      [this.leaseEnd(), id, attempts],
    )
  }

  private async run(job: Attempt): Promise<void> {
    const handler = this.handlers.get(job.kind)
    if (!handler) return
    if (job.attempts > ATTEMPTS) {
      return this.giveUp(job, handler, new Error(`the process died in each of ${ATTEMPTS} attempts`))
    }
    try {
      await handler.run({ subjectId: job.subjectId, renewLease: () => this.renew(job) })
      await this.finish(job)
    } catch (error) {
      if (error instanceof Interrupted) return this.handBack(job)
      this.logger.error({ kind: job.kind, jobId: job.id, attempt: job.attempts, error }, 'job failed')
      if (job.attempts >= ATTEMPTS) return this.giveUp(job, handler, error)
      await this.tryAgainIn(job, 1000 * 4 ** (job.attempts - 1))
    }
  }

  private async renew(job: Attempt): Promise<void> {
    if (this.stopping) throw new Interrupted()
    const renewed = await this.database.compareAndSet(
      `UPDATE job SET runAfter = ? WHERE id = ? AND attempts = ? AND finishedAt IS NULL`,
      [this.leaseEnd(), job.id, job.attempts],
    )
    if (!renewed) throw new Error(`job ${job.id} was taken over by another process`)
  }

  /** The row the person looks at and the end of the job are written together, so that neither says otherwise. */
  private async giveUp(job: Attempt, handler: JobHandler, error: unknown): Promise<void> {
    await this.database.transaction(async () => {
      if (await this.finish(job)) await handler.onGivenUp(job.subjectId, error)
    })
  }

  /** Only our own attempt: whoever was taken over has no say in what becomes of the job. */
  private finish({ id, attempts }: Attempt): Promise<boolean> {
    return this.database.compareAndSet(
      `UPDATE job SET finishedAt = ? WHERE id = ? AND attempts = ? AND finishedAt IS NULL`,
      [this.clock.now(), id, attempts],
    )
  }

  private async tryAgainIn({ id, attempts }: Attempt, waitMs: number): Promise<void> {
    const runAfter = new Date(this.clock.now().getTime() + waitMs)
    await this.database.repository(Job).update({ id, attempts }, { runAfter })
  }

  /** Stopping is no failure, so the attempt does not count. */
  private async handBack({ id, attempts }: Attempt): Promise<void> {
    await this.database
      .repository(Job)
      .update({ id, attempts }, { runAfter: this.clock.now(), attempts: attempts - 1 })
  }

  private readonly leaseEnd = () => new Date(this.clock.now().getTime() + LEASE_MS)
}
