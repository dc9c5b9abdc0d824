import { Injectable, type OnModuleInit } from '@nestjs/common'
import { Access } from '../access/access.js'
import type { Actor } from '../access/actor.js'
import { ConcernedPersons } from '../access/concerned-persons.js'
import { Audit } from '../audit/audit.js'
import { Database } from '../database/database.js'
import { isId } from '../database/ids.js'
import { Conflict, NotFound } from '../http/errors.js'
import { ApprovalKinds } from './approval-kinds.js'
import { ApprovalPeople } from './approval-people.js'
import type { ApprovalRequestRecord } from './approval-request.entity.js'
import { ApprovalQueries } from './approval.queries.js'
import { isAbout, isRequester } from './approval.rules.js'
import { Deciders } from './deciders.js'
import { RequestEndings } from './request-endings.js'

const OWN_REQUEST = '这是您自己提出的，要由另一位有此职责的人决定。'

/** A second person approves or refuses, the person concerned objects, who asked takes it back. */
@Injectable()
export class ApprovalDecisions implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly access: Access,
    private readonly kinds: ApprovalKinds,
    private readonly queries: ApprovalQueries,
    private readonly people: ApprovalPeople,
    private readonly deciders: Deciders,
    private readonly endings: RequestEndings,
    private readonly concerned: ConcernedPersons,
    private readonly audit: Audit,
  ) {}

  onModuleInit(): void {
    this.concerned.register('approval', async (id) =>
      (await this.queries.ofGroup(id)).map(({ aboutMemberId, aboutAccountId }) => ({
        memberId: aboutMemberId,
        accountId: aboutAccountId,
      })),
    )
  }

  /**
   * Decides a request, or a whole list of them.
   * @param id of the group
   * @throws Conflict when the actor asked for it, or when it no longer waits; the route refuses whoever it is about
   */
  async decide(
    actor: Actor,
    id: string,
    decision: 'approve' | 'refuse',
    opinion: string | null,
  ): Promise<void> {
    const deciderName = await this.people.nameOf(actor)
    await this.database.transaction(async () => {
      const rows = await this.authorized(actor, id)
      const waiting = await this.endings.lockWaiting(rows)
      const by = { decidedBy: actor.accountId, deciderName, opinion }
      await this.endings.end(waiting, decision === 'approve' ? 'approved' : 'refused', by)
      if (decision === 'approve') await this.apply(waiting, actor)
      const who = { kind: waiting[0]?.kind ?? '' }
      if (decision === 'approve') {
        const data = { ...who, byOperator: false }
        await this.audit.recordMany('approval.approved', happenings(waiting, actor.accountId, data))
      } else {
        const data = { ...who, byPerson: false }
        await this.audit.recordMany('approval.refused', happenings(waiting, actor.accountId, data))
      }
    })
  }

  /** The person concerned refuses a request about them, also when it is one of a list. @throws NotFound, Conflict */
  async object(actor: Actor, id: string, reason: string): Promise<void> {
    const row = isId(id) ? await this.queries.find(id) : null
    const own = await this.people.membersOf(actor)
    if (!row || !(own.includes(row.aboutMemberId ?? '') || isAbout(row, actor))) throw new NotFound()
    const deciderName = await this.people.nameOf(actor)
    await this.database.transaction(async () => {
      const waiting = await this.endings.lockWaiting([row])
      await this.endings.end(waiting, 'refused', {
        decidedBy: actor.accountId,
        deciderName,
        opinion: reason,
      })
      const data = { kind: row.kind, byPerson: true }
      await this.audit.recordMany('approval.refused', happenings(waiting, actor.accountId, data))
    })
  }

  /** Takes back what the actor asked for. @throws NotFound, Conflict */
  async withdraw(actor: Actor, id: string): Promise<void> {
    const rows = isId(id) ? await this.queries.ofGroup(id) : []
    const [row] = rows
    if (!row || !isRequester(row, actor)) throw new NotFound()
    // Whoever has lost the permission learns nothing more of what they asked for; it lapses. A unit above may be asked,
    // and what somebody asked for themselves stays theirs.
    if (!isAbout(row, actor) && !this.access.maySomewhere(actor, this.kinds.of(row.kind).permission))
      throw new NotFound()
    await this.database.transaction(async () => {
      const waiting = await this.endings.lockWaiting(rows)
      await this.endings.end(waiting, 'withdrawn', {
        decidedBy: actor.accountId,
        deciderName: row.requesterName,
        opinion: null,
      })
      const data = { kind: row.kind }
      await this.audit.recordMany('approval.withdrawn', happenings(waiting, actor.accountId, data))
    })
  }

  /**
   * Approves what nobody in the app may decide, by a document that the operator was shown.
   * @throws NotFound; Conflict when somebody else may decide it
   */
  async decideByOperator(id: string, document: string): Promise<void> {
    await this.database.transaction(async () => {
      const rows = isId(id) ? await this.queries.ofGroup(id) : []
      if (rows.length === 0) throw new NotFound()
      const waiting = await this.endings.lockWaiting(rows)
      if (await this.deciders.existFor(waiting)) {
        throw new Conflict('approval.somebody-else', '还有别人可以在小程序里决定这项申请，请由他们办理。')
      }
      const by = { decidedBy: null, deciderName: '系统管理员', opinion: null, document }
      await this.endings.end(waiting, 'approved', by)
      await this.apply(waiting, null)
      const data = { kind: waiting[0]?.kind ?? '', byOperator: true }
      await this.audit.recordMany('approval.approved', happenings(waiting, null, data))
    })
  }

  /** Lists that wait although nobody in the app may decide them. */
  async waitingForOperator(): Promise<ApprovalRequestRecord[][]> {
    const stuck: ApprovalRequestRecord[][] = []
    for (const rows of await this.queries.waitingGroups()) {
      if (!(await this.deciders.existFor(rows))) stuck.push(rows)
    }
    return stuck
  }

  private async authorized(actor: Actor, id: string): Promise<ApprovalRequestRecord[]> {
    const rows = isId(id) ? await this.queries.ofGroup(id) : []
    const [row] = rows
    if (!row) throw new NotFound()
    await this.access.authorize(actor, this.kinds.of(row.kind).permission, row.unitId)
    if (isRequester(row, actor)) throw new Conflict('approval.own-request', OWN_REQUEST)
    return rows
  }

  private async apply(rows: readonly ApprovalRequestRecord[], decider: Actor | null): Promise<void> {
    for (const row of rows) await this.kinds.of(row.kind).apply(row, decider)
  }
}

const happenings = <Data>(rows: readonly ApprovalRequestRecord[], actorId: string | null, data: Data) =>
  rows.map(({ id, unitId }) => ({ actorId, unitId, subjectId: id, data }))
