import { Injectable } from '@nestjs/common'
import type { AbsentMember } from '../../../contracts/organization/roster-import.js'
import { Clock } from '../../../platform/config/clock.js'
import { Database } from '../../../platform/database/database.js'
import { asOf } from '../../../platform/periods/as-of.js'
import { isMember } from '../members/index.js'

/**
 * Members `m` of the units of an import's rows who are on the roster since before the upload, whom no row names and
 * about whom nobody has answered. Parameters: the import, twice.
 */
const ABSENT = `FROM roster_import i
  JOIN (SELECT DISTINCT r.unitId FROM roster_import_row r WHERE r.importId = ? AND r.unitId IS NOT NULL) f ON 1 = 1
  JOIN member m ON m.unitId = f.unitId AND m.createdAt <= i.uploadedAt
  JOIN unit u ON u.id = m.unitId
  LEFT JOIN roster_import_row n ON n.importId = i.id AND n.memberId = m.id
  LEFT JOIN roster_absence_answer a ON a.importId = i.id AND a.memberId = m.id`
const WHERE = `WHERE i.id = ? AND n.id IS NULL AND a.id IS NULL AND ${isMember('m')}`

/** Whom a roster does not name. A whole county is one statement. */
@Injectable()
export class AbsenceQueries {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async count(importId: string): Promise<number> {
    const { count } = await this.database.queryOne<{ count: number }>(
      `SELECT COUNT(*) AS count ${ABSENT} ${WHERE}`,
      [importId, importId],
    )
    return count
  }

  /** By name, after the given name and id when there are any. */
  page(importId: string, after: string[] | undefined, limit: number): Promise<AbsentMember[]> {
    const [name, id] = after ?? []
    const held = asOf('p', this.clock.today())
    return this.database.query(
      `SELECT m.id AS memberId, m.name, u.name AS unitName, p.fromOn AS inUnitSince ${ABSENT}
       LEFT JOIN member_period p ON p.memberId = m.id AND p.kind = 'unit' AND ${held.sql}
       ${WHERE} ${after ? 'AND (m.name > ? OR (m.name = ? AND m.id > ?))' : ''}
       ORDER BY m.name, m.id LIMIT ${limit}`,
      [importId, ...held.parameters, importId, ...(after ? [name, name, id] : [])],
    )
  }

  /** Whether the import asks about the member. */
  async isAsked(importId: string, memberId: string): Promise<boolean> {
    const { count } = await this.database.queryOne<{ count: number }>(
      `SELECT COUNT(*) AS count ${ABSENT} ${WHERE} AND m.id = ?`,
      [importId, importId, memberId],
    )
    return count > 0
  }
}
