import { Injectable, Logger, type OnModuleInit } from '@nestjs/common'
import { MEMBER_FACT_KINDS, type MemberFactKind } from '../../../contracts/organization/member-fact.js'
import { Audit } from '../../../platform/audit/audit.js'
import { dayIn, daysBefore } from '../../../platform/config/business-time.js'
import { Clock } from '../../../platform/config/clock.js'
import { Database } from '../../../platform/database/database.js'
import { Scheduler } from '../../../platform/jobs/scheduler.js'
import { asOf } from '../../../platform/periods/as-of.js'
import { FactDatings } from './fact-datings.js'
import { FACT_RULES } from './member-facts.rules.js'
import { MemberFacts } from './member-facts.js'

const MEMBERS_AT_ONCE = 200
/** A server that stood still for days catches up. */
const DAYS_BACK = 40

/** Brings the columns of members to what holds on the new day, and recounts at night whether they agree. */
@Injectable()
export class MemberProjectionJobs implements OnModuleInit {
  private readonly logger = new Logger(MemberProjectionJobs.name)

  constructor(
    private readonly database: Database,
    private readonly facts: MemberFacts,
    private readonly datings: FactDatings,
    private readonly scheduler: Scheduler,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.scheduler.at('5 0 * * *', 'members.project', () => this.project())
    this.scheduler.at('30 2 * * *', 'members.recount', async () => {
      await this.recount()
    })
  }

  /** Facts whose first day, or the day after whose last, has come. */
  async project(): Promise<void> {
    const since = dayIn(daysBefore(this.clock.now(), DAYS_BACK))
    for (const kind of MEMBER_FACT_KINDS) {
      for (let after = ''; ;) {
        const rows = await this.database.query<{ memberId: string }>(
          `SELECT DISTINCT p.memberId FROM member_period p
           WHERE p.kind = ? AND p.withdrawnAt IS NULL AND p.memberId > ?
           AND ((p.fromOn > ? AND p.fromOn <= ?) OR (p.untilOn > ? AND p.untilOn <= ?))
           ORDER BY p.memberId LIMIT ${MEMBERS_AT_ONCE}`,
          [kind, after, since, this.clock.today(), since, this.clock.today()],
        )
        const ids = rows.map(({ memberId }) => memberId)
        const last = ids.at(-1)
        if (last === undefined) break
        await this.database.transaction(() => this.facts.project(kind, ids))
        after = last
      }
    }
  }

  /** @returns how many members have a column that is not what their periods say today, by kind */
  async recount(): Promise<Map<MemberFactKind, number>> {
    const differences = new Map<MemberFactKind, number>()
    if (!(await this.datings.areDone())) return differences
    for (const kind of MEMBER_FACT_KINDS) {
      const count = await this.differing(kind)
      if (count === 0) continue
      differences.set(kind, count)
      this.logger.error({ kind, count }, 'columns of members differ from their dated facts')
      await this.audit.record('member.projection-differs', {
        actorId: null,
        unitId: null,
        subjectId: kind,
        data: { count },
      })
    }
    return differences
  }

  private async differing(kind: MemberFactKind): Promise<number> {
    const { column, whenSilent } = FACT_RULES[kind]
    const held = asOf('p', this.clock.today())
    const { count } = await this.database.queryOne<{ count: number }>(
      `SELECT COUNT(*) AS count FROM member m
       LEFT JOIN member_period p ON p.memberId = m.id AND p.kind = ? AND ${held.sql}
       WHERE m.${column} <> COALESCE(p.value, ?)`,
      [kind, ...held.parameters, whenSilent ?? ''],
    )
    return count
  }
}
