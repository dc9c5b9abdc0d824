import { Injectable } from '@nestjs/common'
import type {
  MemberFact,
  MemberFactList,
  RecordMemberFact,
  WithdrawMemberFact,
} from '../../../contracts/organization/member-fact.js'
import type { Approval } from '../../../contracts/platform/approval.js'
import { Access } from '../../../platform/access/access.js'
import type { Actor } from '../../../platform/access/actor.js'
import { isActor } from '../../../platform/access/concerned-persons.js'
import { ApprovalViews } from '../../../platform/approval/approval-views.js'
import { Approvals } from '../../../platform/approval/approvals.js'
import { Audit } from '../../../platform/audit/audit.js'
import { Clock } from '../../../platform/config/clock.js'
import { Database } from '../../../platform/database/database.js'
import { Conflict, Invalid, NotFound } from '../../../platform/http/errors.js'
import { holdsMembers, UnitDirectory } from '../units/index.js'
import { FactDatings } from './fact-datings.js'
import { MemberDirectory } from './member-directory.js'
import { presentFact } from './member-fact.presenter.js'
import { MemberFactEntry } from './member-fact-entry.js'
import { problemWith, type AskedFact } from './member-fact-request.rules.js'
import { MemberFacts } from './member-facts.js'
import { FACT_RULES } from './member-facts.rules.js'
import { MemberPeriodRecord } from './member-period.entity.js'
import { Persons } from './persons.js'
import type { MemberRecord } from './member.entity.js'

const MOST = 200

/** 变动登记: what becomes of members, on which day and on what document. Late entries are allowed, and both days are kept. */
@Injectable()
export class MemberRecords {
  constructor(
    private readonly database: Database,
    private readonly access: Access,
    private readonly directory: MemberDirectory,
    private readonly units: UnitDirectory,
    private readonly facts: MemberFacts,
    private readonly entry: MemberFactEntry,
    private readonly approvals: Approvals,
    private readonly views: ApprovalViews,
    private readonly datings: FactDatings,
    private readonly persons: Persons,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async list(actor: Actor, memberId: string): Promise<MemberFactList> {
    const member = await this.directory.load(actor, 'member.read', memberId)
    return { items: await this.present(actor, member, await this.facts.history(memberId, MOST)) }
  }

  /** @throws Conflict when the same holds already on these days, or `access.wider-role`: then it can be asked for */
  async record(actor: Actor, memberId: string, request: RecordMemberFact): Promise<MemberFactList> {
    const { member, asked } = await this.prepare(actor, memberId, request)
    await this.access.authorizeAbout(actor, 'member.record', member)
    await this.entry.write(member, asked, await this.persons.evidenceOf(actor, request))
    return this.list(actor, memberId)
  }

  /** Asks the wider unit in which the member holds a role to record it. @returns the request */
  async ask(actor: Actor, memberId: string, request: RecordMemberFact): Promise<Approval> {
    const { member, asked } = await this.prepare(actor, memberId, request)
    const unitId = await this.access.decidingUnit(memberId, member.unitId)
    const content = { asked, document: request.document ?? null, reason: request.reason }
    const subject = { subjectId: `${memberId}/${asked.kind}`, aboutMemberId: memberId, content }
    const [id = ''] = await this.approvals.ask(actor, 'member.fact', { unitId }, subject)
    return this.views.find(actor, id)
  }

  private async prepare(
    actor: Actor,
    memberId: string,
    request: RecordMemberFact,
  ): Promise<{ member: MemberRecord; asked: AskedFact }> {
    const member = await this.directory.load(actor, 'member.record', memberId)
    await this.datings.check()
    const { kind, value, fromOn } = request
    // An optional field may also come as null.
    const untilOn = request.untilOn ?? undefined
    const duesPaidThrough = request.duesPaidThrough ?? undefined
    const asked = { kind, value, fromOn, untilOn, duesPaidThrough }
    const problem = problemWith(asked, member, this.clock.today())
    if (problem) throw new Invalid('member.fact-invalid', `没有登记：${problem.message}。`, [problem])
    if (kind === 'unit') await this.checkUnit(actor, value)
    return { member, asked }
  }

  /** Takes a fact back that was recorded by mistake; the row stays, marked as withdrawn. */
  async withdraw(
    actor: Actor,
    memberId: string,
    factId: string,
    { reason }: WithdrawMemberFact,
  ): Promise<MemberFactList> {
    const member = await this.directory.load(actor, 'member.record', memberId)
    await this.datings.check()
    await this.access.authorizeAbout(actor, 'member.record', member)
    const evidence = await this.persons.evidenceOf(actor, { reason })
    await this.database.transaction(async () => {
      // Read behind the lock: another process may take it back at this moment.
      await this.directory.lock([memberId])
      const row = await this.database.repository(MemberPeriodRecord).findOneBy({ id: factId, memberId })
      if (!row) throw new NotFound()
      if (row.withdrawnAt) throw new Conflict('member.fact-withdrawn', '这一条已经撤回了，请刷新后再看。')
      if (!(await this.facts.withdraw(row, evidence))) {
        throw new Conflict(
          'member.fact-needed',
          `“${FACT_RULES[row.kind].name}”不能空着：这一条前面没有别的登记，请直接登记正确的内容。`,
        )
      }
      await this.audit.record('member.fact-withdrawn', {
        actorId: actor.accountId,
        unitId: member.unitId,
        subjectId: memberId,
        data: { kind: row.kind, factId },
      })
    })
    return this.list(actor, memberId)
  }

  /** Both units of a move are in the actor's scope: the origin was asked about already. */
  private async checkUnit(actor: Actor, unitId: string): Promise<void> {
    await this.access.authorize(actor, 'member.record', unitId)
    const { kind, name } = await this.units.get(unitId)
    if (holdsMembers(kind)) return
    throw new Invalid('member.fact-invalid', `“${name}”下面才有支部，请选到党支部或党小组。`, [
      { field: 'value', message: '请选到党支部或党小组' },
    ])
  }

  private async present(
    actor: Actor,
    { id, unitId }: MemberRecord,
    rows: MemberPeriodRecord[],
  ): Promise<MemberFact[]> {
    const [path, unitNames, recorders] = await Promise.all([
      this.access.decidingPath(id, unitId),
      this.units.namesOf(rows.flatMap(({ kind, value }) => (kind === 'unit' ? [value] : []))),
      this.persons.recordersOf(rows),
    ])
    const mayRecord = this.access.mayAt(actor, 'member.record', path) && !isActor(actor, { memberId: id })
    return rows.map((row) => presentFact(row, unitNames, recorders.get(row.id) ?? null, mayRecord))
  }
}
