import { Injectable, type OnModuleInit } from '@nestjs/common'
import { LessThan } from 'typeorm'
import { daysBefore } from '../config/business-time.js'
import { Clock } from '../config/clock.js'
import { Database } from '../database/database.js'
import { deleteInBatches } from '../database/delete-in-batches.js'
import { Scheduler } from '../jobs/scheduler.js'
import { RefreshToken } from './refresh-token.entity.js'
import { REFRESH_TOKEN_KEPT_DAYS, SESSION_KEPT_DAYS } from './session-retention.rules.js'
import { SessionRecord } from './session.entity.js'

/** Rows are kept for days but checked every hour, because a process that restarts daily never runs for a whole day. */
const INTERVAL_MS = 3600_000
/** Rows deleted in one run; the next run deletes the rest. */
const MOST_ROWS = 100_000

/** Deletes sessions and refresh tokens whose retention time is over. */
@Injectable()
export class SessionRetention implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly scheduler: Scheduler,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.scheduler.every(INTERVAL_MS, 'auth.forget-old-sessions', () => this.forgetOld())
  }

  async forgetOld(): Promise<void> {
    const now = this.clock.now()
    const expired = { expiresAt: LessThan(daysBefore(now, SESSION_KEPT_DAYS)) }
    await deleteInBatches(this.database, SessionRecord, expired, MOST_ROWS)
    const old = { issuedAt: LessThan(daysBefore(now, REFRESH_TOKEN_KEPT_DAYS)) }
    await deleteInBatches(this.database, RefreshToken, old, MOST_ROWS)
  }
}
