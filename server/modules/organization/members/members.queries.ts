import { Injectable } from '@nestjs/common'
import type { MemberRow } from '../../../contracts/organization/member.js'
import { withinScope, type Scope } from '../../../platform/access/scope.js'
import { maskPhone } from '../../../platform/crypto/masking.js'
import { Database } from '../../../platform/database/database.js'
import { likeContaining } from '../../../platform/database/dialect.js'
import { IS_UNASSESSED, unassessedParameters } from '../dues/generation.queries.js'
import { fieldCipher } from '../../../platform/database/encrypted-column.js'

export interface MemberFilter {
  namePart?: string | undefined
  /** `YYYY-MM`: only those for whom no bill of that month can be made, because an assessment is missing. */
  unassessedIn?: string
}

@Injectable()
export class MemberQueries {
  constructor(private readonly database: Database) {}

  /** Members in the scope by name, after the given name and id when there are any. */
  async list(
    scope: Scope,
    { namePart, unassessedIn }: MemberFilter,
    after: string[] | undefined,
    limit: number,
  ): Promise<MemberRow[]> {
    const within = withinScope(scope, 'n')
    const conditions = [within.sql]
    const parameters: unknown[] = [...within.parameters]
    if (namePart) {
      conditions.push(`LOWER(m.name) LIKE LOWER(?) ESCAPE '!'`)
      parameters.push(likeContaining(namePart))
    }
    if (unassessedIn) {
      conditions.push(IS_UNASSESSED)
      parameters.push(...unassessedParameters(unassessedIn))
    }
    if (after) {
      const [name, id] = after
      conditions.push('(m.name > ? OR (m.name = ? AND m.id > ?))')
      parameters.push(name, name, id)
    }
    const rows = await this.database.query<Omit<MemberRow, 'bound'> & { bound: number | string }>(
      `SELECT m.id, m.name, u.name AS unitName, m.category, m.duesClass, m.phone,
              (SELECT COUNT(*) FROM binding b WHERE b.memberKey = m.id AND b.state = 'confirmed') AS bound
       FROM member m JOIN org_node n ON n.id = m.unitId JOIN unit u ON u.id = m.unitId
       WHERE ${conditions.join(' AND ')} ORDER BY m.name, m.id LIMIT ${limit}`,
      parameters,
    )
    return rows.map((row) => ({
      ...row,
      phone: row.phone === null ? null : maskPhone(fieldCipher().decrypt('member.phone', row.phone)),
      bound: Number(row.bound) > 0,
    }))
  }

  async isBound(memberId: string): Promise<boolean> {
    const rows = await this.database.query<{ id: string }>(
      `SELECT id FROM binding WHERE memberKey = ? AND state = 'confirmed'`,
      [memberId],
    )
    return rows.length > 0
  }

  /** How an actor is shown to those whose file they read: name and post, or what they are. */
  async readerName(accountId: string): Promise<string> {
    const [row] = await this.database.query<{ name: string; title: string | null }>(
      `SELECT m.name, (SELECT p.title FROM unit_post p
                       WHERE p.memberId = m.id AND p.endedOn IS NULL ORDER BY p.rank LIMIT 1) AS title
       FROM binding b JOIN member m ON m.id = b.memberId
       WHERE b.accountKey = ? AND b.state = 'confirmed'`,
      [accountId],
    )
    if (!row) return '上级党组织工作人员'
    return row.title ? `${row.name}（${row.title}）` : row.name
  }
}
