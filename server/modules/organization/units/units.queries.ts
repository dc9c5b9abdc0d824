import { Injectable } from '@nestjs/common'
import type { Unit } from '../../../contracts/organization/unit.js'
import { ROSTER_STANDINGS } from '../../../contracts/organization/member-fact.js'
import { withinScope, type Scope } from '../../../platform/access/scope.js'
import { Database } from '../../../platform/database/database.js'
import type { UnitRecord } from './unit.entity.js'

const MOST = 2000
/** Of members whose membership has not ended. */
const STANDINGS = ROSTER_STANDINGS.map((standing) => `'${standing}'`).join(', ')

export type UnitRow = Omit<UnitRecord, 'createdAt'> & Pick<Unit, 'parentId' | 'memberCount'>

@Injectable()
export class UnitQueries {
  constructor(private readonly database: Database) {}

  /** Units in the scope, parents before children. */
  list(scope: Scope): Promise<UnitRow[]> {
    const within = withinScope(scope, 'n')
    return this.database.query(
      `SELECT u.id, n.parentId, u.kind, u.name, u.phone,
              (SELECT COUNT(*) FROM member m WHERE m.unitId = u.id AND m.standing IN (${STANDINGS})) AS memberCount
       FROM unit u JOIN org_node n ON n.id = u.id
       WHERE ${within.sql} ORDER BY n.path LIMIT ${MOST}`,
      within.parameters,
    )
  }

  /** Whether a unit right below `parentId` has this name. */
  async isNameTaken(parentId: string, name: string): Promise<boolean> {
    const taken = await this.database.query<{ id: string }>(
      'SELECT u.id FROM unit u JOIN org_node n ON n.id = u.id WHERE n.parentId = ? AND u.name = ?',
      [parentId, name],
    )
    return taken.length > 0
  }
}
