import { Injectable } from '@nestjs/common'
import { Clock } from '../config/clock.js'
import { Database } from '../database/database.js'
import { isDuplicate } from '../database/errors.js'
import { newId } from '../database/ids.js'
import { Job } from './job.entity.js'

/** Ms after which another process may take a job whose process has died. */
const LEASE_MS = 60_000

export type WaitingJob = Pick<
  Job,
  'id' | 'kind' | 'subjectId' | 'tenantId' | 'attempts' | 'handedBack' | 'ranMs'
>

/**
 * A job that a process has taken. `attempts` counts this attempt; a higher number in the table means that another
 * process has taken the job since.
 */
export type TakenJob = WaitingJob

/** The table of jobs: which jobs may be taken, and which attempt holds a job. */
@Injectable()
export class JobQueue {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async add(kind: string, subjectId: string, tenantId: string): Promise<void> {
    const now = this.clock.now()
    await this.database.repository(Job).insert({
      id: newId(),
      kind,
      subjectId,
      tenantId,
      runningKey: null,
      attempts: 0,
      handedBack: 0,
      ranMs: 0,
      runAfter: now,
      createdAt: now,
      finishedAt: null,
    })
  }

  /**
   * Jobs of a kind that may be taken: the oldest job of each tenant, and jobs whose process died while it ran them.
   * Jobs that have run least come first.
   */
  due(kind: string, most: number): Promise<WaitingJob[]> {
    return this.database.query<WaitingJob>(
      `SELECT id, kind, subjectId, tenantId, attempts, handedBack, ranMs FROM job j
       WHERE kind = ? AND finishedAt IS NULL AND runAfter <= ?
       AND (runningKey IS NOT NULL OR NOT EXISTS (
         SELECT 1 FROM job older WHERE older.kind = j.kind AND older.tenantId = j.tenantId
         AND older.finishedAt IS NULL AND older.id < j.id))
       ORDER BY ranMs, runAfter, id LIMIT ${most}`,
      [kind, this.clock.now()],
    )
  }

  /** @returns undefined when another process was faster, or another job of the tenant is running */
  async take(job: WaitingJob): Promise<TakenJob | undefined> {
    try {
      const taken = await this.database.compareAndSet(
        `UPDATE job SET runAfter = ?, attempts = attempts + 1, runningKey = ?
         WHERE id = ? AND finishedAt IS NULL AND attempts = ?`,
        [this.leaseEnd(), `${job.kind}/${job.tenantId}`, job.id, job.attempts],
      )
      return taken ? { ...job, attempts: job.attempts + 1 } : undefined
    } catch (error) {
      // Another job of the tenant is running. This job is older, but its transaction was committed later.
      if (isDuplicate(error)) return undefined
      throw error
    }
  }

  /** @returns false when another process has taken over */
  renew({ id, attempts }: TakenJob): Promise<boolean> {
    return this.database.compareAndSet(
      `UPDATE job SET runAfter = ? WHERE id = ? AND attempts = ? AND finishedAt IS NULL`,
      [this.leaseEnd(), id, attempts],
    )
  }

  /** Finishes the job for the current attempt only. @returns false when another process has taken the job over */
  finish({ id, attempts }: TakenJob): Promise<boolean> {
    return this.database.compareAndSet(
      `UPDATE job SET finishedAt = ?, runningKey = NULL WHERE id = ? AND attempts = ? AND finishedAt IS NULL`,
      [this.clock.now(), id, attempts],
    )
  }

  async tryAgainIn(waitMs: number, { id, attempts }: TakenJob): Promise<void> {
    const runAfter = new Date(this.clock.now().getTime() + waitMs)
    await this.database.repository(Job).update({ id, attempts }, { runAfter, runningKey: null })
  }

  /** @param ranMs how many ms it ran in this attempt */
  async handBack({ id, attempts, ...job }: TakenJob, ranMs: number): Promise<void> {
    await this.database.repository(Job).update(
      { id, attempts },
      {
        runAfter: this.clock.now(),
        runningKey: null,
        handedBack: job.handedBack + 1,
        ranMs: job.ranMs + ranMs,
      },
    )
  }

  private readonly leaseEnd = () => new Date(this.clock.now().getTime() + LEASE_MS)
}
