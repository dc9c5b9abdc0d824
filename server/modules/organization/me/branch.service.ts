import { Injectable } from '@nestjs/common'
import type { BranchMonth, BranchPerson, MyBranch } from '../../../contracts/home/branch.js'
import type { UnitKind } from '../../../contracts/organization/unit.js'
import type { BillState } from '../../../contracts/organization/dues.js'
import type { Actor } from '../../../platform/access/actor.js'
import { wholeNumber } from '../../../platform/database/columns.js'
import { Database } from '../../../platform/database/database.js'
import { NotFound } from '../../../platform/http/errors.js'
import { UnitQueries } from '../units/units.queries.js'

const MOST_PEOPLE = 200
const MONTHS = 12
/** The branch itself and the groups below it. */
const IN_BRANCH = `m.unitId IN (SELECT id FROM org_node WHERE id = ? OR parentId = ?)`

/** My branch: who is who, and its calendar of dues in totals. */
@Injectable()
export class BranchPage {
  constructor(
    private readonly database: Database,
    private readonly units: UnitQueries,
  ) {}

  async branch({ membership }: Actor): Promise<MyBranch> {
    if (!membership) throw new NotFound()
    const { memberId } = membership
    const unitId = await this.branchOf(membership.unitId)
    const [unit, people, memberCount, months] = await Promise.all([
      this.unit(unitId),
      this.people(unitId),
      this.memberCount(unitId),
      this.months(unitId, memberId),
    ])
    return { unitId, ...unit, memberCount, people, months }
  }

  /** A member of a group belongs to the branch above it. */
  private async branchOf(unitId: string): Promise<string> {
    const [row] = await this.database.query<{ kind: UnitKind; parentId: string | null }>(
      'SELECT u.kind, n.parentId FROM unit u JOIN org_node n ON n.id = u.id WHERE u.id = ?',
      [unitId],
    )
    return row?.kind === 'group' && row.parentId ? row.parentId : unitId
  }

  private async unit(unitId: string): Promise<Pick<MyBranch, 'name' | 'phone' | 'parentName'>> {
    const [row] = await this.database.query<Pick<MyBranch, 'name' | 'phone' | 'parentName'>>(
      `SELECT u.name, u.phone, p.name AS parentName FROM unit u
       JOIN org_node n ON n.id = u.id LEFT JOIN unit p ON p.id = n.parentId WHERE u.id = ?`,
      [unitId],
    )
    if (!row) throw new NotFound()
    return row
  }

  private async people(unitId: string): Promise<BranchPerson[]> {
    const [posts, members] = await Promise.all([
      this.units.posts(unitId),
      this.database.query<{ memberId: string; name: string; category: BranchPerson['category'] }>(
        `SELECT m.id AS memberId, m.name, m.category FROM member m
         LEFT JOIN unit_post p ON p.memberId = m.id AND p.unitId = ? AND p.endedOn IS NULL
         WHERE ${IN_BRANCH} ORDER BY CASE WHEN p.id IS NULL THEN 1 ELSE 0 END, m.name, m.id LIMIT ${MOST_PEOPLE}`,
        [unitId, unitId, unitId],
      ),
    ])
    const rank = new Map(posts.map(({ memberId }, index) => [memberId, index]))
    const title = new Map(posts.map((post) => [post.memberId, post.title]))
    return members
      .map((member) => ({ ...member, post: title.get(member.memberId) ?? null }))
      .sort((a, b) => (rank.get(a.memberId) ?? posts.length) - (rank.get(b.memberId) ?? posts.length))
  }

  private async memberCount(unitId: string): Promise<number> {
    const [row] = await this.database.query<{ count: string | number }>(
      `SELECT COUNT(*) AS count FROM member m WHERE ${IN_BRANCH}`,
      [unitId, unitId],
    )
    return wholeNumber(row?.count)
  }

  private async months(unitId: string, memberId: string): Promise<BranchMonth[]> {
    const rows = await this.database.query<{
      month: string
      dueCount: string | number
      paidCount: string | number
      own: BillState | null
    }>(
      `SELECT month, COUNT(*) AS dueCount, SUM(CASE WHEN state = 'paid' THEN 1 ELSE 0 END) AS paidCount,
              MAX(CASE WHEN memberId = ? THEN state END) AS own
       FROM dues_bill m WHERE ${IN_BRANCH} GROUP BY month ORDER BY month DESC LIMIT ${MONTHS}`,
      [memberId, unitId, unitId],
    )
    return rows.map((row) => ({
      month: row.month,
      dueCount: wholeNumber(row.dueCount),
      paidCount: wholeNumber(row.paidCount),
      own: row.own,
    }))
  }
}
