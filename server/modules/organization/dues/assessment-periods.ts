import { Injectable } from '@nestjs/common'
import { In } from 'typeorm'
import { Clock } from '../../../platform/config/clock.js'
import { Database } from '../../../platform/database/database.js'
import { PeriodWriter, type Evidence, type PeriodTable } from '../../../platform/periods/period-writer.js'
import type { DuesClass } from '../../../contracts/organization/dues.js'
import { MemberDirectory } from '../members/index.js'
import { AssessmentRecord } from './assessment.entity.js'
import { BillCorrections } from './bill-corrections.js'
import { firstDay } from './decisive-days.rules.js'
import { DuesPolicies } from './dues-policies.service.js'
import type { DuesPolicyRecord } from './dues-policy.entity.js'
import { computeDues, isComputed } from './dues.rules.js'

const TABLE: PeriodTable<AssessmentRecord> = {
  entity: AssessmentRecord,
  subjectOf: ({ memberId }) => ({ memberId }),
  keyOf: ({ memberId }) => memberId,
  // Whoever assesses again has looked again: the newer reason stands.
  saysTheSame: () => false,
}

export interface AssessmentInput {
  memberId: string
  /** The unit whose policy rounds. */
  unitId: string
  /** First month it holds for, `YYYY-MM`. */
  fromMonth: string
  duesClass: DuesClass
  /** Monthly base in fen; null for a class with a fixed amount, and while nobody knows it. */
  baseFen: number | null
}

/** By which class and base members pay, in days. The one way to write it; it authorizes nobody. */
@Injectable()
export class AssessmentPeriods {
  constructor(
    private readonly database: Database,
    private readonly periods: PeriodWriter,
    private readonly members: MemberDirectory,
    private readonly policies: DuesPolicies,
    private readonly corrections: BillCorrections,
    private readonly clock: Clock,
  ) {}

  /** Assessments of a member that begin after a month, earliest first. */
  async after(memberId: string, month: string): Promise<AssessmentRecord[]> {
    return (await this.standing(memberId)).filter(({ fromOn }) => fromOn > firstDay(month))
  }

  /** What holds on a day, by member. */
  async asOf(memberIds: readonly string[], day: string): Promise<Map<string, AssessmentRecord>> {
    if (memberIds.length === 0) return new Map()
    const rows = await this.database
      .repository(AssessmentRecord)
      .createQueryBuilder('a')
      .where({ memberId: In([...memberIds]) })
      .andWhere('a.withdrawnAt IS NULL AND a.fromOn <= :day AND (a.untilOn IS NULL OR a.untilOn > :day)', {
        day,
      })
      .getMany()
    return new Map(rows.map((row) => [row.memberId, row]))
  }

  /**
   * Assesses, in the caller's transaction; the bills of the months concerned follow.
   * @param later whether what was assessed for later months stays or is withdrawn
   */
  async record(
    input: AssessmentInput,
    later: 'keep' | 'replace',
    evidence: Evidence,
  ): Promise<AssessmentRecord> {
    const { memberId, unitId, fromMonth } = input
    await this.members.lock([memberId])
    const policy = await this.policies.asOf(unitId, firstDay(fromMonth))
    const row = this.row(input, policy, evidence)
    if (later === 'keep') row.untilOn = await this.periods.naturalEnd(TABLE, row)
    await this.periods.record(TABLE, row)
    await this.project([memberId])
    await this.corrections.correct([memberId], row, { cause: 'assessment', reason: evidence.reason ?? null })
    return row
  }

  /** The first assessments of members who are new, in the caller's transaction. */
  async recordFirst(inputs: readonly AssessmentInput[], evidence: Evidence): Promise<AssessmentRecord[]> {
    const policyOf = await this.policies.of(inputs.map(({ unitId }) => unitId))
    const rows = inputs.map((input) =>
      this.row(input, policyOf(input.unitId, firstDay(input.fromMonth)), evidence),
    )
    await this.periods.insert(TABLE, rows)
    return rows
  }

  /**
   * What the roster says of members, for the days before their first assessment.
   * @param inputs `untilOn`: the first day of the first assessment; null when there is none
   */
  async fillFirst(
    inputs: ReadonlyArray<Omit<AssessmentInput, 'baseFen'> & { untilOn: string | null }>,
    evidence: Evidence,
  ): Promise<void> {
    const rows = inputs
      .filter(({ fromMonth, untilOn }) => untilOn === null || firstDay(fromMonth) < untilOn)
      .map(({ memberId, duesClass, fromMonth, untilOn }): AssessmentRecord => ({
        ...this.periods.draft({ fromOn: firstDay(fromMonth), untilOn }, evidence),
        memberId,
        duesClass,
        baseFen: null,
        rateBasisPoints: null,
        rounding: null,
        amountFen: null,
      }))
    await this.periods.insert(TABLE, rows)
  }

  /** Puts today's classes into the columns of members. */
  async project(memberIds: readonly string[]): Promise<void> {
    for (const [memberId, { duesClass }] of await this.asOf(memberIds, this.clock.today())) {
      await this.members.setDuesClass(memberId, duesClass)
    }
  }

  private row(input: AssessmentInput, policy: DuesPolicyRecord, evidence: Evidence): AssessmentRecord {
    const { memberId, fromMonth, duesClass, baseFen } = input
    const computed =
      isComputed(duesClass) && baseFen !== null ? computeDues(duesClass, baseFen, policy.rounding) : null
    return {
      ...this.periods.draft({ fromOn: firstDay(fromMonth), untilOn: null }, evidence),
      memberId,
      duesClass,
      baseFen,
      rateBasisPoints: computed?.rateBasisPoints ?? null,
      rounding: computed ? policy.rounding : null,
      amountFen: computed?.amountFen ?? null,
    }
  }

  private standing(memberId: string): Promise<AssessmentRecord[]> {
    return this.database
      .repository(AssessmentRecord)
      .createQueryBuilder('a')
      .where({ memberId })
      .andWhere('a.withdrawnAt IS NULL')
      .orderBy('a.fromOn')
      .getMany()
  }
}
