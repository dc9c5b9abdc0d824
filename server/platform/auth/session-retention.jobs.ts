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

/** What is kept for days is looked at each hour: a process that is started anew every day reaches no full day. */
const INTERVAL_MS = 3600_000
/** The rest waits for the next time. */
const MOST_ROWS = 100_000

/** Deletes sessions and refresh tokens that have long been over. */
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
