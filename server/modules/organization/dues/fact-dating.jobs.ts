import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common'
import { Clock } from '../../../platform/config/clock.js'
import { dayIn } from '../../../platform/config/business-time.js'
import { sql } from '../../../platform/database/dialect.js'
import { Database } from '../../../platform/database/database.js'
import { Jobs, type JobHandler, type JobRun } from '../../../platform/jobs/jobs.js'
import type { DuesClass } from '../../../contracts/organization/dues.js'
import type { MemberCategory, MemberStanding } from '../../../contracts/organization/member-fact.js'
import { FactDatings, MemberFacts } from '../members/index.js'
import { AssessmentPeriods } from './assessment-periods.js'
import { firstDay } from './decisive-days.rules.js'

export const DATE_FACTS = 'members.date-facts'
const SUBJECT = 'members'

/** Done together, so that somebody who is stopped in between goes on there. */
const MEMBERS_AT_ONCE = 20_000
/** Rows of one statement. */
const ROWS_AT_ONCE = 250

interface UndatedMember {
  id: string
  unitId: string
  category: MemberCategory
  joinedOn: string
  regularizedOn: string | null
  standing: MemberStanding
  duesClass: DuesClass
  createdAt: Date
  /** Month of the first bill; null when there is none. */
  firstMonth: string | null
  /** First day of the first assessment; null when there is none. */
  assessedFrom: string | null
}

/**
 * Gives days to the facts of members who were stored before facts had any: in the unit since they were entered, or since
 * the month of their first bill where that is earlier. Bills stay as they are. It goes on where it was stopped.
 */
@Injectable()
export class FactDatingJobs implements JobHandler, OnModuleInit, OnApplicationBootstrap {
  private readonly logger = new Logger(FactDatingJobs.name)

  constructor(
    private readonly database: Database,
    private readonly datings: FactDatings,
    private readonly facts: MemberFacts,
    private readonly classes: AssessmentPeriods,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(DATE_FACTS, this)
  }

  /** Several processes may ask for it at once: the second job finds nothing left to do. */
  async onApplicationBootstrap(): Promise<void> {
    if (await this.datings.areDone()) return
    await this.database.transaction(() => this.jobs.enqueue(DATE_FACTS, SUBJECT, SUBJECT))
  }

  async run({ renewLease }: JobRun): Promise<void> {
    while (!(await this.datings.areDone())) {
      await this.database.transaction(async () => {
        const after = await this.datings.hold()
        const members = await this.undated(after)
        for (let start = 0; start < members.length; start += ROWS_AT_ONCE) {
          await this.date(members.slice(start, start + ROWS_AT_ONCE))
        }
        await this.datings.advance(members.length < MEMBERS_AT_ONCE ? null : (members.at(-1)?.id ?? null))
      })
      await renewLease()
    }
  }

  onGivenUp(_: string, error: unknown): Promise<void> {
    this.logger.error({ error }, 'facts of members could not be given their days')
    return Promise.resolve()
  }

  private undated(after: string): Promise<UndatedMember[]> {
    return this.database.query<UndatedMember>(
      `SELECT m.id, m.unitId, m.category, m.joinedOn, m.regularizedOn, m.standing, m.duesClass, m.createdAt,
              (SELECT MIN(b.month) FROM dues_bill b WHERE b.id > m.id AND b.id < ${sql.concat('m.id', "'~'")}) AS firstMonth,
              (SELECT MIN(a.fromOn) FROM dues_class_period a
               WHERE a.memberId = m.id AND a.withdrawnAt IS NULL) AS assessedFrom
       FROM member m WHERE m.id > ? ORDER BY m.id LIMIT ${MEMBERS_AT_ONCE}`,
      [after],
    )
  }

  private async date(members: readonly UndatedMember[]): Promise<void> {
    const evidence = { recordedBy: null, origin: 'migration' as const }
    const since = new Map(members.map((member) => [member.id, sinceWhen(member)]))
    await this.facts.recordFirst(
      members.map(({ id, ...member }) => ({
        ...member,
        memberId: id,
        inUnitFrom: since.get(id) ?? this.clock.today(),
      })),
      evidence,
    )
    await this.classes.fillFirst(
      members.map(({ id, unitId, duesClass, assessedFrom }) => ({
        memberId: id,
        unitId,
        duesClass,
        fromMonth: (since.get(id) ?? this.clock.today()).slice(0, 7),
        untilOn: assessedFrom,
      })),
      evidence,
    )
  }
}

function sinceWhen({ createdAt, firstMonth }: UndatedMember): string {
  const enteredOn = dayIn(createdAt)
  return firstMonth !== null && firstDay(firstMonth) < enteredOn ? firstDay(firstMonth) : enteredOn
}
