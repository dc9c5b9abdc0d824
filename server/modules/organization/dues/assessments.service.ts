import { Injectable } from '@nestjs/common'
import { In } from 'typeorm'
import type {
  AssessDues,
  Assessment,
  AssessmentHistory,
  DuesClass,
} from '../../../contracts/organization/dues.js'
import type { Actor } from '../../../platform/access/actor.js'
import { Audit } from '../../../platform/audit/audit.js'
import type { Happening } from '../../../platform/audit/event-map.js'
import { Clock } from '../../../platform/config/clock.js'
import { Database } from '../../../platform/database/database.js'
import { isDuplicate } from '../../../platform/database/errors.js'
import { newId } from '../../../platform/database/ids.js'
import { Conflict, Invalid } from '../../../platform/http/errors.js'
import { MemberDirectory } from '../members/index.js'
import { AssessmentRecord } from './assessment.entity.js'
import { presentAssessment } from './assessment.presenter.js'
import { DuesPolicies } from './dues-policies.service.js'
import type { DuesPolicyRecord } from './dues-policy.entity.js'
import { computeDues, fixedDues, isComputed } from './dues.rules.js'

const MOST = 100

export interface AssessmentInput {
  memberId: string
  fromMonth: string
  duesClass: DuesClass
  /** Monthly base in fen; null for classes with a fixed amount. */
  baseFen: number | null
  reason: string
  assessedBy: string | null
}

/** 核定: by which class and base a member pays, from which month, and why. */
@Injectable()
export class Assessments {
  constructor(
    private readonly database: Database,
    private readonly members: MemberDirectory,
    private readonly policies: DuesPolicies,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async history(actor: Actor, memberId: string): Promise<AssessmentHistory> {
    const member = await this.members.load(actor, 'dues.read', memberId)
    const rows = await this.database
      .repository(AssessmentRecord)
      .find({ where: { memberId: member.id }, order: { id: 'DESC' }, take: MOST })
    return { items: rows.map(presentAssessment) }
  }

  /** The current assessments, by member id; a class with a fixed amount needs none. */
  async currentOf(memberIds: readonly string[]): Promise<Map<string, AssessmentRecord>> {
    if (memberIds.length === 0) return new Map()
    const rows = await this.database.repository(AssessmentRecord).findBy({ openKey: In([...memberIds]) })
    return new Map(rows.map((row) => [row.memberId, row]))
  }

  async assess(actor: Actor, memberId: string, request: AssessDues): Promise<Assessment> {
    const member = await this.members.load(actor, 'dues.assess', memberId)
    const { fromMonth, duesClass, reason } = request
    // An optional field may also come as null.
    const baseFen = request.baseFen ?? null
    if (isComputed(duesClass) && baseFen === null) {
      throw new Invalid('dues.base-missing', '这类党员按计算基数缴纳，请填写计算基数。', [
        { field: 'baseFen', message: '没有填写' },
      ])
    }
    if (!isComputed(duesClass) && baseFen !== null) {
      throw new Invalid('dues.base-not-needed', '这类党员按固定数额缴纳，不需要计算基数。', [
        { field: 'baseFen', message: '请留空' },
      ])
    }
    return this.database.transaction(async () => {
      const row = await this.enter(
        { memberId, fromMonth, duesClass, baseFen, reason, assessedBy: actor.accountId },
        member.unitId,
      )
      await this.members.setDuesClass(memberId, duesClass)
      return presentAssessment(row)
    })
  }

  /**
   * Writes an assessment and ends the one before it, inside the caller's transaction.
   * @throws Conflict when another one was entered at the same moment
   */
  async enter(input: AssessmentInput, unitId: string): Promise<AssessmentRecord> {
    const { memberId, fromMonth } = input
    await this.endCurrent(memberId, fromMonth)
    const row = this.row(input, await this.policies.of(unitId))
    try {
      await this.database.repository(AssessmentRecord).insert(row)
    } catch (error) {
      // Two requests found no current assessment to end, and the other one inserted first.
      throw isDuplicate(error) ? assessedMeanwhile() : error
    }
    await this.audit.record('dues.assessed', assessed(row, unitId))
    return row
  }

  /**
   * Ends the current assessment without a new one, inside the caller's transaction: the class changed and nobody knows
   * the new base, so no bill is made until somebody assesses.
   * @throws Conflict when another one was entered at the same moment
   */
  async lapse(memberId: string, fromMonth: string, actorId: string | null, unitId: string): Promise<void> {
    const ended = await this.endCurrent(memberId, fromMonth)
    if (!ended) return
    await this.audit.record('dues.assessment-lapsed', {
      actorId,
      unitId,
      subjectId: ended.id,
      data: { memberId, fromMonth },
    })
  }

  /** The first assessments of members who have just been added, as one statement: there is nothing to end. */
  async enterFirst(entries: Array<{ input: AssessmentInput; unitId: string }>): Promise<void> {
    if (entries.length === 0) return
    const policies = await this.policies.byUnit(entries.map(({ unitId }) => unitId))
    const rows = entries.map(({ input, unitId }) => {
      const policy = policies.get(unitId)
      if (!policy) throw new Error(`unit ${unitId} has no dues policy`)
      return { row: this.row(input, policy), unitId }
    })
    await this.database.repository(AssessmentRecord).insert(rows.map(({ row }) => row))
    await this.audit.recordMany(
      'dues.assessed',
      rows.map(({ row, unitId }) => assessed(row, unitId)),
    )
  }

  private row(input: AssessmentInput, policy: DuesPolicyRecord): AssessmentRecord {
    const { memberId, duesClass, baseFen } = input
    const computed = isComputed(duesClass) ? computeDues(duesClass, baseFen ?? 0, policy.rounding) : null
    return {
      ...input,
      id: newId(),
      untilMonth: null,
      rateBasisPoints: computed?.rateBasisPoints ?? null,
      rounding: policy.rounding,
      amountFen: computed?.amountFen ?? fixedDues(duesClass, policy.farmerFen),
      assessedAt: this.clock.now(),
      openKey: memberId,
    }
  }

  /** Ends the assessments from a month on. @returns the assessment that was current until now */
  private async endCurrent(memberId: string, fromMonth: string): Promise<AssessmentRecord | null> {
    const current = await this.database
      .repository(AssessmentRecord)
      .findOneBy({ memberId, openKey: memberId })
    if (current) {
      // An assessment that starts later than the new one never takes effect.
      const untilMonth = fromMonth > current.fromMonth ? fromMonth : current.fromMonth
      const ended = await this.database.compareAndSet(
        `UPDATE dues_assessment SET untilMonth = ?, openKey = NULL WHERE id = ? AND openKey IS NOT NULL`,
        [untilMonth, current.id],
      )
      if (!ended) throw assessedMeanwhile()
    }
    await this.cutLaterOnes(memberId, fromMonth)
    return current
  }

  /** A new assessment holds from its month on: an older one that reaches beyond that month ends there. */
  private async cutLaterOnes(memberId: string, fromMonth: string): Promise<void> {
    await this.database.execute(
      `UPDATE dues_assessment SET untilMonth = ?
       WHERE memberId = ? AND openKey IS NULL AND fromMonth < ? AND untilMonth > ?`,
      [fromMonth, memberId, fromMonth, fromMonth],
    )
    await this.database.execute(
      `UPDATE dues_assessment SET untilMonth = fromMonth
       WHERE memberId = ? AND openKey IS NULL AND fromMonth >= ?`,
      [memberId, fromMonth],
    )
  }
}

const assessed = (row: AssessmentRecord, unitId: string): Happening<'dues.assessed'> => ({
  actorId: row.assessedBy,
  unitId,
  subjectId: row.id,
  data: { memberId: row.memberId, fromMonth: row.fromMonth, amountFen: row.amountFen },
})

const assessedMeanwhile = () =>
  new Conflict('dues.assessed-meanwhile', '刚才有人改过这名党员的核定，请刷新后再试。')
