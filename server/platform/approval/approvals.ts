import { Injectable } from '@nestjs/common'
import { Audit } from '../audit/audit.js'
import { daysBefore } from '../config/business-time.js'
import { Clock } from '../config/clock.js'
import { Database } from '../database/database.js'
import { isDuplicate } from '../database/errors.js'
import { newId } from '../database/ids.js'
import { Conflict } from '../http/errors.js'
import type {
  ApprovalContents,
  ApprovalKind,
  ApprovalKindName,
  AskedWhere,
  NewRequest,
} from './approval-kind.js'
import { ApprovalKinds } from './approval-kinds.js'
import { ApprovalPeople, type Person } from './approval-people.js'
import { ApprovalRequestRecord } from './approval-request.entity.js'
import { ApprovalQueries } from './approval.queries.js'
import { APPROVAL_LAPSE_DAYS, openKeyOf } from './approval.rules.js'
import { Deciders } from './deciders.js'

/** Rows of one statement. */
const ROWS_AT_ONCE = 200

/** A request that somebody approved. */
export interface ApprovedRequest<Content> {
  id: string
  decidedAt: Date
  content: Content
}

/** Features ask here for what a second person decides. */
@Injectable()
export class Approvals {
  constructor(
    private readonly database: Database,
    private readonly kinds: ApprovalKinds,
    private readonly queries: ApprovalQueries,
    private readonly people: ApprovalPeople,
    private readonly deciders: Deciders,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  register<Name extends ApprovalKindName>(kind: ApprovalKind<Name>): void {
    this.kinds.register(kind)
  }

  /**
   * Asks for one thing or for a list of things, in the caller's transaction.
   * @returns the ids of the requests
   * @throws Conflict `approval.waits-already` when one of the subjects has a request of this kind that waits
   */
  async ask<Name extends ApprovalKindName>(
    by: Person,
    kind: Name,
    { unitId, groupId = null }: AskedWhere,
    ...asked: Array<NewRequest<ApprovalContents[Name]>>
  ): Promise<string[]> {
    const requesterName = await this.people.nameOf(by)
    const now = this.clock.now()
    // Sorted, because ids of the same millisecond are in no order: lists show requests as they were asked.
    const ids = asked.map(() => newId()).sort()
    const rows = asked.map(
      ({ subjectId, aboutMemberId, aboutAccountId = null, content }, index): ApprovalRequestRecord => {
        const id = ids[index] ?? newId()
        return {
          id,
          kind,
          unitId,
          subjectId,
          aboutMemberId,
          aboutAccountId,
          groupId: groupId ?? id,
          content: JSON.stringify(content),
          requestedBy: by.accountId,
          requesterMemberId: by.membership?.memberId ?? null,
          requesterName,
          requestedAt: now,
          lapsesAt: daysBefore(now, -APPROVAL_LAPSE_DAYS),
          state: 'waiting',
          decidedBy: null,
          deciderName: null,
          decidedAt: null,
          opinion: null,
          document: null,
          openKey: openKeyOf(kind, subjectId),
        }
      },
    )
    await this.database.transaction(() => this.insert(rows))
    return rows.map(({ id }) => id)
  }

  /** The subjects among these for which a request of this kind waits. */
  async waitingAmong(kind: ApprovalKindName, subjectIds: readonly string[]): Promise<Set<string>> {
    return this.queries.openAmong(kind, subjectIds)
  }

  /** What this account asked for and somebody approved since then, newest first, 50 at most. */
  async approvedFor<Name extends ApprovalKindName>(
    kind: Name,
    accountId: string,
    since: Date,
  ): Promise<Array<ApprovedRequest<ApprovalContents[Name]>>> {
    const rows = await this.queries.approvedFor(kind, accountId, since)
    return rows.flatMap(({ id, decidedAt, content }) =>
      decidedAt === null ? [] : [{ id, decidedAt, content: JSON.parse(content) as ApprovalContents[Name] }],
    )
  }

  /** How many requests of each of these lists wait; a list without any is left out. */
  countWaiting(groupIds: readonly string[]): Promise<Map<string, number>> {
    return this.queries.countWaiting(groupIds)
  }

  /** Whether somebody other than who asked may decide this in the app. */
  async somebodyMayDecide(id: string): Promise<boolean> {
    return this.deciders.existFor(await this.queries.ofGroup(id))
  }

  private async insert(rows: ApprovalRequestRecord[]): Promise<void> {
    const requests = this.database.repository(ApprovalRequestRecord)
    try {
      for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
        await requests.insert(rows.slice(start, start + ROWS_AT_ONCE))
      }
    } catch (error) {
      if (!isDuplicate(error)) throw error
      throw new Conflict(
        'approval.waits-already',
        '这一项已经有一份申请在等决定。请等它决定，或者由提出的人撤回后再提。',
      )
    }
    await this.audit.recordMany(
      'approval.asked',
      rows.map(({ id, kind, groupId, unitId, requestedBy }) => ({
        actorId: requestedBy,
        unitId,
        subjectId: id,
        data: { kind, groupId },
      })),
    )
  }
}
