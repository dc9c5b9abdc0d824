import { Injectable, type OnModuleInit } from '@nestjs/common'
import { In, LessThan } from 'typeorm'
import { Clock } from '../config/clock.js'
import { Database } from '../database/database.js'
import { Scheduler } from '../jobs/scheduler.js'
import { RefreshToken } from './refresh-token.entity.js'
import { daysBefore, REFRESH_TOKEN_KEPT_DAYS, SESSION_KEPT_DAYS } from './session-retention.rules.js'
import { SessionRecord } from './session.entity.js'

/** What is kept for days is looked at each hour: a process that is started anew every day reaches no full day. */
const INTERVAL_MS = 3600_000
/** Small enough that no statement holds locks for long. */
const ROWS_AT_ONCE = 500
/** The rest waits for the next time. */
const MOST_BATCHES = 200

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
    const sessions = this.database.repository(SessionRecord)
    const expired = { expiresAt: LessThan(daysBefore(now, SESSION_KEPT_DAYS)) }
    await inBatches(async () => {
      const found = await sessions.find({ select: { id: true }, where: expired, take: ROWS_AT_ONCE })
      if (found.length > 0) await sessions.delete({ id: In(found.map(({ id }) => id)) })
      return found.length
    })
    const tokens = this.database.repository(RefreshToken)
    const old = { issuedAt: LessThan(daysBefore(now, REFRESH_TOKEN_KEPT_DAYS)) }
    await inBatches(async () => {
      const found = await tokens.find({ select: { hash: true }, where: old, take: ROWS_AT_ONCE })
      if (found.length > 0) await tokens.delete({ hash: In(found.map(({ hash }) => hash)) })
      return found.length
    })
  }
}

async function inBatches(deleteSome: () => Promise<number>): Promise<void> {
  for (let batch = 0; batch < MOST_BATCHES; batch++) {
    if ((await deleteSome()) < ROWS_AT_ONCE) return
  }
}
