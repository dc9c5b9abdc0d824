import { Injectable, Logger, type OnModuleInit } from '@nestjs/common'
import { Audit } from '../../../platform/audit/audit.js'
import { dayIn, daysBefore } from '../../../platform/config/business-time.js'
import { Clock } from '../../../platform/config/clock.js'
import { Database } from '../../../platform/database/database.js'
import { Scheduler } from '../../../platform/jobs/scheduler.js'
import { asOf } from '../../../platform/periods/as-of.js'
import { FactDatings } from '../members/index.js'
import { AssessmentPeriods } from './assessment-periods.js'

const MEMBERS_AT_ONCE = 200
/** A server that stood still for days catches up. */
const DAYS_BACK = 40

/**
 * Brings the dues class in the column of members to that of the new month, where somebody assessed ahead of it, and recounts at night
 * whether they agree. Bills ask the assessments themselves; lists show the column.
 */
@Injectable()
export class ClassProjectionJobs implements OnModuleInit {
  private readonly logger = new Logger(ClassProjectionJobs.name)

  constructor(
    private readonly database: Database,
    private readonly classes: AssessmentPeriods,
    private readonly datings: FactDatings,
    private readonly scheduler: Scheduler,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.scheduler.at('5 0 * * *', 'dues.project-classes', () => this.project())
    this.scheduler.at('30 2 * * *', 'dues.recount-classes', async () => {
      await this.recount()
    })
  }

  /** Assessments whose first day has come. */
  async project(): Promise<void> {
    const since = dayIn(daysBefore(this.clock.now(), DAYS_BACK))
    const { sql, parameters } = this.differing()
    for (let after = ''; ;) {
      const rows = await this.database.query<{ id: string }>(
        `SELECT m.id ${sql} AND a.fromOn > ? AND m.id > ? ORDER BY m.id LIMIT ${MEMBERS_AT_ONCE}`,
        [...parameters, since, after],
      )
      const ids = rows.map(({ id }) => id)
      const last = ids.at(-1)
      if (last === undefined) return
      await this.database.transaction(() => this.classes.project(ids))
      after = last
    }
  }

  /** @returns how many members have another class in their column than they pay by today */
  async recount(): Promise<number> {
    if (!(await this.datings.areDone())) return 0
    const { sql, parameters } = this.differing()
    const { count } = await this.database.queryOne<{ count: number }>(
      `SELECT COUNT(*) AS count ${sql}`,
      parameters,
    )
    if (count === 0) return 0
    this.logger.error({ count }, 'dues classes of members differ from their assessments')
    await this.audit.record('member.projection-differs', {
      actorId: null,
      unitId: null,
      subjectId: 'dues-class',
      data: { count },
    })
    return count
  }

  private differing(): { sql: string; parameters: string[] } {
    const held = asOf('a', this.clock.today())
    return {
      sql: `FROM member m JOIN dues_class_period a ON a.memberId = m.id AND ${held.sql} WHERE m.duesClass <> a.duesClass`,
      parameters: held.parameters,
    }
  }
}
