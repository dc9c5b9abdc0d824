import { Injectable } from '@nestjs/common'
import type { Unit } from '../../../contracts/organization/unit.js'
import type { Scope } from '../../../platform/access/scope.js'
import { withinScope } from '../../../platform/access/scope.js'
import { wholeNumber } from '../../../platform/database/columns.js'
import { Database } from '../../../platform/database/database.js'

const MOST = 2000

@Injectable()
export class UnitQueries {
  constructor(private readonly database: Database) {}

  /** Units in the scope, parents before children. */
  async list(scope: Scope): Promise<Unit[]> {
    const within = withinScope(scope, 'n')
    const rows = await this.database.query<Omit<Unit, 'memberCount'> & { memberCount: number | string }>(
      `SELECT u.id, n.parentId, u.kind, u.name, u.phone,
              (SELECT COUNT(*) FROM member m WHERE m.unitId = u.id) AS memberCount
       FROM unit u JOIN org_node n ON n.id = u.id
       WHERE ${within.sql} ORDER BY n.path LIMIT ${MOST}`,
      within.parameters,
    )
    return rows.map((row) => ({ ...row, memberCount: wholeNumber(row.memberCount) }))
  }

  /** All units in the scope by name and kind, parents before children. */
  names(scope: Scope): Promise<Array<Pick<Unit, 'id' | 'kind' | 'name'>>> {
    const within = withinScope(scope, 'n')
    return this.database.query(
      `SELECT u.id, u.kind, u.name FROM unit u JOIN org_node n ON n.id = u.id WHERE ${within.sql} ORDER BY n.path`,
      within.parameters,
    )
  }

  /** Who holds a post in a unit now, highest first. */
  posts(unitId: string): Promise<Array<{ memberId: string; name: string; title: string }>> {
    return this.database.query(
      `SELECT p.memberId, m.name, p.title FROM unit_post p JOIN member m ON m.id = p.memberId
       WHERE p.unitId = ? AND p.endedOn IS NULL ORDER BY p.rank, p.id`,
      [unitId],
    )
  }
}
