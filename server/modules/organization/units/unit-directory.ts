import { Injectable } from '@nestjs/common'
import { In } from 'typeorm'
import type { Unit, UnitKind } from '../../../contracts/organization/unit.js'
import { withinScope, type Scope } from '../../../platform/access/scope.js'
import { Database } from '../../../platform/database/database.js'
import { NotFound } from '../../../platform/http/errors.js'
import { UnitRecord } from './unit.entity.js'

/** Units as other rooms read them. It checks no permission: the caller must have authorized the actor. */
@Injectable()
export class UnitDirectory {
  constructor(private readonly database: Database) {}

  /** @throws NotFound */
  async get(id: string): Promise<UnitRecord> {
    const unit = await this.database.repository(UnitRecord).findOneBy({ id })
    if (!unit) throw new NotFound()
    return unit
  }

  /** Units by id; unknown ids are left out. */
  async byId(ids: Iterable<string>): Promise<Map<string, UnitRecord>> {
    const wanted = [...new Set(ids)]
    if (wanted.length === 0) return new Map()
    const units = await this.database.repository(UnitRecord).findBy({ id: In(wanted) })
    return new Map(units.map((unit) => [unit.id, unit]))
  }

  async namesOf(ids: Iterable<string>): Promise<Map<string, string>> {
    return new Map([...(await this.byId(ids))].map(([id, { name }]) => [id, name]))
  }

  /** All units in the scope by name and kind, parents before children. */
  inScope(scope: Scope): Promise<Array<Pick<Unit, 'id' | 'kind' | 'name'>>> {
    const within = withinScope(scope, 'n')
    return this.database.query(
      `SELECT u.id, u.kind, u.name FROM unit u JOIN org_node n ON n.id = u.id WHERE ${within.sql} ORDER BY n.path`,
      within.parameters,
    )
  }

  /** The branch that a member of the unit belongs to: the one above it when the unit is a group. */
  async branchOf(unitId: string): Promise<string> {
    const [row] = await this.database.query<{ kind: UnitKind; parentId: string | null }>(
      'SELECT u.kind, n.parentId FROM unit u JOIN org_node n ON n.id = u.id WHERE u.id = ?',
      [unitId],
    )
    return row?.kind === 'group' && row.parentId ? row.parentId : unitId
  }

  /** Name, telephone and superior unit, for the card of a unit. @throws NotFound */
  async card(unitId: string): Promise<{ name: string; phone: string | null; parentName: string | null }> {
    const [row] = await this.database.query<{
      name: string
      phone: string | null
      parentName: string | null
    }>(
      `SELECT u.name, u.phone, p.name AS parentName FROM unit u
       JOIN org_node n ON n.id = u.id LEFT JOIN unit p ON p.id = n.parentId WHERE u.id = ?`,
      [unitId],
    )
    if (!row) throw new NotFound()
    return row
  }

  /**
   * Locks the unit until the caller's transaction ends; others that change something below it take this lock first.
   */
  lock(unitId: string): Promise<void> {
    return this.database.lock(UnitRecord, unitId)
  }
}
