import { Injectable } from '@nestjs/common'
import { Clock } from '../config/clock.js'
import { Database } from '../database/database.js'
import { isDuplicate } from '../database/errors.js'
import { newId } from '../database/ids.js'
import { Job } from './job.entity.js'

/** A job whose process died is taken up by another after this time. */
const LEASE_MS = 60_000

export type WaitingJob = Pick<
  Job,
  'id' | 'kind' | 'subjectId' | 'tenantId' | 'attempts' | 'handedBack' | 'ranMs'
>

/** A job that a process has taken; `attempts` counts this one and proves that nobody has taken it since. */
export type TakenJob = WaitingJob

/** The table of jobs: who may take which, and whose it is. */
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
   * Jobs of a kind that may be taken: the oldest of each tenant, or the one whose process died at work. Those that have
   * run least come first.
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

  /** @returns undefined when another process was faster, or another job of the tenant is at work */
  async take(job: WaitingJob): Promise<TakenJob | undefined> {
    try {
      const taken = await this.database.compareAndSet(
        `UPDATE job SET runAfter = ?, attempts = attempts + 1, runningKey = ?
         WHERE id = ? AND finishedAt IS NULL AND attempts = ?`,
        [this.leaseEnd(), `${job.kind}/${job.tenantId}`, job.id, job.attempts],
      )
      return taken ? { ...job, attempts: job.attempts + 1 } : undefined
    } catch (error) {
      // A transaction that asked earlier may commit later: its job is older than one that is at work.
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

  /** Only our own attempt: whoever was taken over has no say in what becomes of the job. */
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

  /** @param ranMs how long it ran this time */
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
