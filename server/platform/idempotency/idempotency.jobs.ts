import { Injectable, type OnModuleInit } from '@nestjs/common'
import { LessThanOrEqual } from 'typeorm'
import { Clock } from '../config/clock.js'
import { Database } from '../database/database.js'
import { deleteInBatches } from '../database/delete-in-batches.js'
import { Scheduler } from '../jobs/scheduler.js'
import { IdempotencyKey } from './idempotency-key.entity.js'

const EVERY_MS = 10 * 60_000
/** Rows deleted in one run; the next run deletes the rest. */
const MOST_ROWS = 20_000

/** Deletes keys and their kept answers after a day. */
@Injectable()
export class IdempotencyJobs implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly scheduler: Scheduler,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.scheduler.every(EVERY_MS, 'idempotency.forget', () => this.forget())
  }

  forget(): Promise<void> {
    const isOver = { expiresAt: LessThanOrEqual(this.clock.now()) }
    return deleteInBatches(this.database, IdempotencyKey, isOver, MOST_ROWS)
  }
}
