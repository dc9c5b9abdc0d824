import { Injectable } from '@nestjs/common'
import type { Actor } from '../../../platform/access/actor.js'
import { withinScope, type Scope } from '../../../platform/access/scope.js'
import { Database } from '../../../platform/database/database.js'
import { fieldCipher } from '../../../platform/database/encrypted-column.js'
import type { DisclosureAlert } from './disclosure-alert.entity.js'

const MOST = 100

export type AlertRow = Pick<DisclosureAlert, 'id' | 'readerName' | 'fromAt' | 'lastAt'> & { count: number }

/** A reading of an alert. */
export interface ReadingRow {
  id: string
  memberName: string
  unitName: string
  /** Not masked: mask it before it is sent to a client. */
  phone: string | null
  reason: string
  at: Date
}

@Injectable()
export class DisclosureAlertQueries {
  constructor(private readonly database: Database) {}

  readingsSince(readerId: string, since: Date): Promise<{ count: number; firstAt: Date | null }> {
    return this.database.queryOne(
      'SELECT COUNT(*) AS count, MIN(at) AS firstAt FROM disclosure WHERE readerId = ? AND at > ?',
      [readerId, since],
    )
  }

  /** Not the actor's own. */
  open(scope: Scope, actor: Actor): Promise<AlertRow[]> {
    const { sql, parameters } = openWithin(scope, actor)
    return this.database.query<AlertRow>(
      `SELECT a.id, a.readerName, a.fromAt, a.lastAt,
         (SELECT COUNT(*) FROM disclosure d WHERE d.readerId = a.readerId AND d.at >= a.fromAt AND d.at <= a.lastAt) AS count
       FROM disclosure_alert a JOIN org_node n ON n.id = a.unitId
       WHERE ${sql} ORDER BY a.id DESC LIMIT ${MOST}`,
      parameters,
    )
  }

  async countOpen(scope: Scope, actor: Actor): Promise<number> {
    const { sql, parameters } = openWithin(scope, actor)
    const { count } = await this.database.queryOne<{ count: number }>(
      `SELECT COUNT(*) AS count FROM disclosure_alert a JOIN org_node n ON n.id = a.unitId WHERE ${sql}`,
      parameters,
    )
    return count
  }

  async readings(
    { readerId, fromAt, lastAt }: DisclosureAlert,
    before: string,
    limit: number,
  ): Promise<ReadingRow[]> {
    const rows = await this.database.query<ReadingRow>(
      `SELECT d.id, m.name AS memberName, u.name AS unitName, m.phone, d.reason, d.at
       FROM disclosure d JOIN member m ON m.id = d.memberId JOIN unit u ON u.id = m.unitId
       WHERE d.readerId = ? AND d.at >= ? AND d.at <= ? AND d.id < ? ORDER BY d.id DESC LIMIT ${limit}`,
      [readerId, fromAt, lastAt, before],
    )
    return rows.map((row) => ({
      ...row,
      phone: row.phone === null ? null : fieldCipher().decrypt('member.phone', row.phone),
    }))
  }
}

function openWithin(scope: Scope, { accountId, membership }: Actor): { sql: string; parameters: unknown[] } {
  const within = withinScope(scope, 'n')
  return {
    sql: `a.acknowledgedAt IS NULL AND ${within.sql} AND a.readerId <> ?
      AND (a.readerMemberId IS NULL OR a.readerMemberId <> ?)`,
    parameters: [...within.parameters, accountId, membership?.memberId ?? ''],
  }
}
