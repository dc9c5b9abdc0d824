import { Injectable, Logger } from '@nestjs/common'
import { Clock } from '../config/clock.js'
import { Database } from '../database/database.js'
import { newId } from '../database/ids.js'
import { Job } from './job.entity.js'

/** A job whose process died is taken up by another after this time. */
const LEASE_MS = 60_000
const ATTEMPTS = 5

export interface JobRun {
  subjectId: string
  /** Call at least every minute while working: it renews the lease. @throws when another process has taken over */
  stillHere: () => Promise<void>
}

export interface JobHandler {
  run(run: JobRun): Promise<void>
  /** Called when the last attempt failed or died, so that the row the person looks at says so. */
  onGivenUp(subjectId: string, error: unknown): Promise<void>
}

/** Work after the answer: queued inside the transaction that asks for it, done by whichever process is free. */
@Injectable()
export class Jobs {
  private readonly logger = new Logger(Jobs.name)
  private readonly handlers = new Map<string, JobHandler>()

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

  /** Does one job that is due. @returns false when nothing was due */
  async runNext(): Promise<boolean> {
    const due = await this.database.query<{ id: string; kind: string; subjectId: string; attempts: number }>(
      `SELECT id, kind, subjectId, attempts FROM job
       WHERE finishedAt IS NULL AND runAfter <= ? ORDER BY runAfter, id LIMIT 10`,
      [this.clock.now()],
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
    return this.database.changesOne(
      `UPDATE job SET runAfter = ?, attempts = attempts + 1 WHERE id = ? AND finishedAt IS NULL AND attempts = ?`,
      [this.leaseEnd(), id, attempts],
    )
  }

  private async run(job: { id: string; kind: string; subjectId: string; attempts: number }): Promise<void> {
    const handler = this.handlers.get(job.kind)
    // Only our own attempt: whoever was taken over has no say in what becomes of the job.
    const ours = { id: job.id, attempts: job.attempts }
    const finish = () => this.database.repository(Job).update(ours, { finishedAt: this.clock.now() })
    if (!handler) {
      this.logger.error({ kind: job.kind }, 'no handler for this kind of job')
      await finish()
      return
    }
    if (job.attempts > ATTEMPTS) {
      await finish()
      await handler.onGivenUp(job.subjectId, new Error(`the process died in each of ${ATTEMPTS} attempts`))
      return
    }
    const stillHere = async () => {
      const renewed = await this.database.changesOne(
        `UPDATE job SET runAfter = ? WHERE id = ? AND attempts = ? AND finishedAt IS NULL`,
        [this.leaseEnd(), job.id, job.attempts],
      )
      if (!renewed) throw new Error(`job ${job.id} was taken over by another process`)
    }
    try {
      await handler.run({ subjectId: job.subjectId, stillHere })
      await finish()
    } catch (error) {
      this.logger.error({ kind: job.kind, jobId: job.id, attempt: job.attempts, error }, 'job failed')
      if (job.attempts < ATTEMPTS) {
        const wait = 1000 * 4 ** (job.attempts - 1)
        await this.database
          .repository(Job)
          .update(ours, { runAfter: new Date(this.clock.now().getTime() + wait) })
        return
      }
      const { affected } = await finish()
      if (affected !== 0) await handler.onGivenUp(job.subjectId, error)
    }
  }

  private readonly leaseEnd = () => new Date(this.clock.now().getTime() + LEASE_MS)
}
