import { Injectable } from '@nestjs/common'
import type { DuesClass } from '../../../contracts/organization/dues.js'
import type { MemberCategory } from '../../../contracts/organization/member-fact.js'
import { withinScope, type Scope } from '../../../platform/access/scope.js'
import { Database } from '../../../platform/database/database.js'
import { likeContaining } from '../../../platform/database/dialect.js'
import { fieldCipher } from '../../../platform/database/encrypted-column.js'
import { isMember } from './member-facts.rules.js'

/** A condition that another room puts on the members `m` of a list, with its parameters. */
export interface MemberCondition {
  sql: string
  parameters: unknown[]
}

export interface MemberFilter {
  namePart?: string | undefined
  conditions?: readonly MemberCondition[]
}

export interface MemberLine {
  id: string
  name: string
  unitName: string
  category: MemberCategory
  duesClass: DuesClass
  /** Not masked: mask it before it is sent to a client. */
  phone: string | null
}

@Injectable()
export class MemberQueries {
  constructor(private readonly database: Database) {}

  /** Members in the scope by name, after the given name and id when there are any. */
  async list(
    scope: Scope,
    { namePart, conditions = [] }: MemberFilter,
    after: string[] | undefined,
    limit: number,
  ): Promise<MemberLine[]> {
    const within = withinScope(scope, 'n')
    const all: MemberCondition[] = [within, { sql: isMember('m'), parameters: [] }, ...conditions]
    if (namePart) {
      all.push({ sql: `LOWER(m.name) LIKE LOWER(?) ESCAPE '!'`, parameters: [likeContaining(namePart)] })
    }
    if (after) {
      const [name, id] = after
      all.push({ sql: '(m.name > ? OR (m.name = ? AND m.id > ?))', parameters: [name, name, id] })
    }
    const rows = await this.database.query<MemberLine>(
      `SELECT m.id, m.name, u.name AS unitName, m.category, m.duesClass, m.phone
       FROM member m JOIN org_node n ON n.id = m.unitId JOIN unit u ON u.id = m.unitId
       WHERE ${all.map(({ sql }) => sql).join(' AND ')} ORDER BY m.name, m.id LIMIT ${limit}`,
      all.flatMap(({ parameters }) => parameters),
    )
    return rows.map((row) => ({
      ...row,
      phone: row.phone === null ? null : fieldCipher().decrypt('member.phone', row.phone),
    }))
  }
}
