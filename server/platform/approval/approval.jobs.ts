import { Injectable, type OnModuleInit } from '@nestjs/common'
import { LessThanOrEqual } from 'typeorm'
import { Audit } from '../audit/audit.js'
import { Clock } from '../config/clock.js'
import { Database } from '../database/database.js'
import { Scheduler } from '../jobs/scheduler.js'
import { ApprovalRequestRecord } from './approval-request.entity.js'
import { RequestEndings } from './request-endings.js'

const INTERVAL_MS = 3600_000
const ROWS_AT_ONCE = 500

/** Ends requests that nobody decided in time. One that is over by its time is not decided any more even before that. */
@Injectable()
export class ApprovalJobs implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly endings: RequestEndings,
    private readonly audit: Audit,
    private readonly scheduler: Scheduler,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.scheduler.every(INTERVAL_MS, 'approval.lapse', () => this.lapse())
  }

  async lapse(): Promise<void> {
    while ((await this.database.transaction(() => this.lapseSome())) === ROWS_AT_ONCE);
  }

  private async lapseSome(): Promise<number> {
    const requests = this.database.repository(ApprovalRequestRecord)
    const isOver = { state: 'waiting' as const, lapsesAt: LessThanOrEqual(this.clock.now()) }
    const found = await requests.find({ where: isOver, take: ROWS_AT_ONCE })
    if (found.length === 0) return 0
    await this.endings.end(found, 'lapsed', { decidedBy: null, deciderName: null, opinion: null })
    await this.audit.recordMany(
      'approval.lapsed',
      found.map(({ id, unitId, kind }) => ({ actorId: null, unitId, subjectId: id, data: { kind } })),
    )
    return found.length
  }
}
