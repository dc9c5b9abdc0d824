import { Injectable } from '@nestjs/common'
import { In, MoreThan } from 'typeorm'
import type { ApprovalState } from '../../contracts/platform/approval.js'
import { Access } from '../access/access.js'
import type { Actor } from '../access/actor.js'
import { withinScope } from '../access/scope.js'
import { Database } from '../database/database.js'
import { placeholders } from '../database/dialect.js'
import type { ApprovalKindName } from './approval-kind.js'
import { ApprovalKinds } from './approval-kinds.js'
import { ApprovalRequestRecord } from './approval-request.entity.js'
import { FIRST_TITLES, openKeyOf } from './approval.rules.js'

/** A request that stands alone, or a list of requests that are decided together. */
export interface ApprovalHead {
  /** The group's id; the id of one request of a group for the person whom only this one concerns. */
  id: string
  count: number
  /** Up to three requests, the oldest first; never empty. */
  first: ApprovalRequestRecord[]
}

interface HeadRow {
  id: string
  count: number
}

/** What one page shows. */
export interface PageOfHeads {
  before: string | undefined
  limit: number
}

@Injectable()
export class ApprovalQueries {
  constructor(
    private readonly database: Database,
    private readonly access: Access,
    private readonly kinds: ApprovalKinds,
  ) {}

  /** What waits for this actor's decision, newest first. */
  async waitingFor(actor: Actor, { before, limit }: PageOfHeads): Promise<ApprovalHead[]> {
    const waiting = this.decidableBy(actor)
    const rows = await this.database.query<HeadRow>(
      `SELECT g.id, g.count FROM (${waiting.sql}) g WHERE g.id < ? ORDER BY g.id DESC LIMIT ${limit}`,
      [...waiting.parameters, before ?? '~'],
    )
    return this.headsOf(rows, 'waiting')
  }

  async countWaitingFor(actor: Actor): Promise<number> {
    const waiting = this.decidableBy(actor)
    const { count } = await this.database.queryOne<{ count: number }>(
      `SELECT COUNT(*) AS count FROM (${waiting.sql}) g`,
      waiting.parameters,
    )
    return count
  }

  /** What an account asked for, and what is about these members, newest first. */
  async concerning(
    accountId: string,
    memberIds: readonly string[],
    { before, limit }: PageOfHeads,
  ): Promise<ApprovalHead[]> {
    const members = memberIds.length === 0 ? '' : ` OR r.aboutMemberId IN (${placeholders(memberIds)})`
    const about = `(r.aboutAccountId = ?${members})`
    const own = [accountId, ...memberIds]
    const rows = await this.database.query<HeadRow>(
      `SELECT e.id, COUNT(*) AS count FROM (
         SELECT CASE WHEN ${about} THEN r.id ELSE r.groupId END AS id FROM approval_request r
         WHERE ${about} OR r.requestedBy = ?
       ) e WHERE e.id < ? GROUP BY e.id ORDER BY e.id DESC LIMIT ${limit}`,
      [...own, ...own, accountId, before ?? '~'],
    )
    return this.headsOf(rows)
  }

  /** All requests of a group, or the one with this id; empty when there are none. */
  ofGroup(groupId: string): Promise<ApprovalRequestRecord[]> {
    return this.database.repository(ApprovalRequestRecord).find({ where: { groupId }, order: { id: 'ASC' } })
  }

  /** The first requests of a group and how many there are; null when there is none. */
  async headOf(groupId: string): Promise<ApprovalHead | null> {
    const { count } = await this.database.queryOne<{ count: number }>(
      'SELECT COUNT(*) AS count FROM approval_request WHERE groupId = ?',
      [groupId],
    )
    const [head] = await this.headsOf(count > 0 ? [{ id: groupId, count }] : [])
    return head ?? null
  }

  /** The subjects among these for which a request of this kind waits. */
  async openAmong(kind: string, subjectIds: readonly string[]): Promise<Set<string>> {
    const found = await this.database.repository(ApprovalRequestRecord).find({
      select: { id: true, subjectId: true },
      where: { openKey: In(subjectIds.map((id) => openKeyOf(kind, id))) },
    })
    return new Set(found.map(({ subjectId }) => subjectId))
  }

  approvedFor(kind: ApprovalKindName, requestedBy: string, since: Date): Promise<ApprovalRequestRecord[]> {
    return this.database.repository(ApprovalRequestRecord).find({
      where: { kind, requestedBy, state: 'approved', decidedAt: MoreThan(since) },
      order: { id: 'DESC' },
      take: 50,
    })
  }

  async countWaiting(groupIds: readonly string[]): Promise<Map<string, number>> {
    if (groupIds.length === 0) return new Map()
    const rows = await this.database.query<HeadRow>(
      `SELECT groupId AS id, COUNT(*) AS count FROM approval_request
       WHERE groupId IN (${placeholders(groupIds)}) AND state = 'waiting' GROUP BY groupId`,
      [...groupIds],
    )
    return new Map(rows.map(({ id, count }) => [id, count]))
  }

  /** Everything that waits, by group. */
  async waitingGroups(): Promise<ApprovalRequestRecord[][]> {
    const rows = await this.database
      .repository(ApprovalRequestRecord)
      .find({ where: { state: 'waiting' }, order: { id: 'ASC' } })
    const groups = new Map<string, ApprovalRequestRecord[]>()
    for (const row of rows) groups.set(row.groupId, [...(groups.get(row.groupId) ?? []), row])
    return [...groups.values()]
  }

  find(id: string): Promise<ApprovalRequestRecord | null> {
    return this.database.repository(ApprovalRequestRecord).findOneBy({ id })
  }

  /** Requests of a group in the order in which they were made. */
  page(groupId: string, after: string, limit: number): Promise<ApprovalRequestRecord[]> {
    return this.database
      .repository(ApprovalRequestRecord)
      .createQueryBuilder('r')
      .where('r.groupId = :groupId AND r.id > :after', { groupId, after })
      .orderBy('r.id', 'ASC')
      .take(limit)
      .getMany()
  }

  /** Groups the actor may decide: in scope, not asked for by the actor, none of it about the actor. */
  private decidableBy(actor: Actor): { sql: string; parameters: unknown[] } {
    const scopes = this.kinds.all().map(({ kind, permission }) => {
      const within = withinScope(this.access.scope(actor, permission), 'n')
      return { sql: `(r.kind = ? AND ${within.sql})`, parameters: [kind, ...within.parameters] }
    })
    const memberId = actor.membership?.memberId ?? ''
    return {
      sql: `SELECT r.groupId AS id, COUNT(*) AS count FROM approval_request r JOIN org_node n ON n.id = r.unitId
        WHERE r.state = 'waiting' AND (${scopes.map(({ sql }) => sql).join(' OR ') || '1 = 0'})
          AND r.requestedBy <> ? AND (r.requesterMemberId IS NULL OR r.requesterMemberId <> ?)
        GROUP BY r.groupId 
        HAVING SUM(CASE WHEN r.aboutMemberId = ? OR r.aboutAccountId = ? THEN 1 ELSE 0 END) = 0`,
      parameters: [
        ...scopes.flatMap(({ parameters }) => parameters),
        actor.accountId,
        memberId,
        memberId,
        actor.accountId,
      ],
    }
  }

  private async headsOf(rows: readonly HeadRow[], state?: ApprovalState): Promise<ApprovalHead[]> {
    if (rows.length === 0) return []
    const ids = rows.map(({ id }) => id)
    const places = await this.database.query<{ id: string }>(
      `SELECT p.id FROM (
         SELECT r.id, ROW_NUMBER() OVER (PARTITION BY r.groupId ORDER BY r.id) AS place FROM approval_request r
         WHERE r.groupId IN (${placeholders(ids)})${state ? ' AND r.state = ?' : ''}
       ) p WHERE p.place <= ${FIRST_TITLES}`,
      state ? [...ids, state] : ids,
    )
    const firsts = await this.database.repository(ApprovalRequestRecord).find({
      where: { id: In([...places.map(({ id }) => id), ...ids]) },
      order: { id: 'ASC' },
    })
    return rows.flatMap(({ id, count }) => {
      const single = firsts.find((row) => row.id === id)
      const first = single ? [single] : firsts.filter(({ groupId }) => groupId === id)
      return first.length > 0 ? [{ id, count, first }] : []
    })
  }
}
