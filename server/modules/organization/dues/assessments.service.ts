import { Injectable } from '@nestjs/common'
import type {
  AssessDues,
  Assessment,
  AssessmentHistory,
  DuesClass,
} from '../../../contracts/organization/dues.js'
import type { Actor } from '../../../platform/access/actor.js'
import { Audit } from '../../../platform/audit/audit.js'
import type { Happening } from '../../../platform/audit/event-map.js'
import { monthInWords } from '../../../platform/config/business-time.js'
import { Database } from '../../../platform/database/database.js'
import { Conflict, Invalid } from '../../../platform/http/errors.js'
import type { Evidence } from '../../../platform/periods/period-writer.js'
import { MemberDirectory, Persons } from '../members/index.js'
import { AssessmentPeriods, type AssessmentInput } from './assessment-periods.js'
import { AssessmentRecord } from './assessment.entity.js'
import { presentAssessment } from './assessment.presenter.js'
import { isComputed } from './dues.rules.js'

const MOST = 100

/** 核定: by which class and base a member pays, from which month, and why. */
@Injectable()
export class Assessments {
  constructor(
    private readonly database: Database,
    private readonly members: MemberDirectory,
    private readonly periods: AssessmentPeriods,
    private readonly persons: Persons,
    private readonly audit: Audit,
  ) {}

  /** Newest entry first, withdrawn ones too. */
  async history(actor: Actor, memberId: string): Promise<AssessmentHistory> {
    const member = await this.members.load(actor, 'dues.read', memberId)
    const rows = await this.database
      .repository(AssessmentRecord)
      .find({ where: { memberId: member.id }, order: { recordedAt: 'DESC', id: 'DESC' }, take: MOST })
    const recorders = await this.persons.recordersOf(rows)
    return { items: rows.map((row) => presentAssessment(row, recorders.get(row.id) ?? null)) }
  }

  async assess(actor: Actor, memberId: string, request: AssessDues): Promise<Assessment> {
    const { unitId } = await this.members.load(actor, 'dues.assess', memberId)
    const { fromMonth, duesClass, reason, later } = request
    // An optional field may also come as null.
    const baseFen = request.baseFen ?? null
    checkBase(duesClass, baseFen)
    const evidence = await this.persons.evidenceOf(actor, { reason })
    return this.database.transaction(async () => {
      await this.members.lock([memberId])
      const [next] = await this.periods.after(memberId, fromMonth)
      if (next && !later) throw laterExists(next)
      const input = { memberId, unitId, fromMonth, duesClass, baseFen }
      const row = await this.enter(input, later ?? 'keep', evidence)
      return presentAssessment(row, row.recordedByName)
    })
  }

  /** Writes an assessment, in the caller's transaction. */
  async enter(
    input: AssessmentInput,
    later: 'keep' | 'replace',
    evidence: Evidence,
  ): Promise<AssessmentRecord> {
    const row = await this.periods.record(input, later, evidence)
    await this.audit.record('dues.assessed', assessed(row, input.unitId))
    return row
  }

  /** The first assessments of members who are new, in the caller's transaction. */
  async enterFirst(inputs: readonly AssessmentInput[], evidence: Evidence): Promise<void> {
    const rows = await this.periods.recordFirst(inputs, evidence)
    const unitOf = new Map(inputs.map(({ memberId, unitId }) => [memberId, unitId]))
    await this.audit.recordMany(
      'dues.assessed',
      rows.map((row) => assessed(row, unitOf.get(row.memberId) ?? null)),
    )
  }
}

function checkBase(duesClass: DuesClass, baseFen: number | null): void {
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
}

function laterExists({ fromOn }: AssessmentRecord): Conflict {
  const month = monthInWords(fromOn.slice(0, 7))
  return new Conflict(
    'dues.later-assessment',
    `${month}起已经另有核定。请选择：这次只管到${month}之前，还是连${month}以后一起改。`,
  )
}

const assessed = (row: AssessmentRecord, unitId: string | null): Happening<'dues.assessed'> => ({
  actorId: row.recordedBy,
  unitId,
  subjectId: row.id,
  data: { memberId: row.memberId, fromMonth: row.fromOn.slice(0, 7), amountFen: row.amountFen },
})
