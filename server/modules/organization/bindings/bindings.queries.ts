import { Injectable } from '@nestjs/common'
import type { BindingState, OwnBinding } from '../../../contracts/organization/binding.js'
import { withinScope, type Scope } from '../../../platform/access/scope.js'
import { Database } from '../../../platform/database/database.js'
import { placeholders } from '../../../platform/database/dialect.js'
import { fieldCipher } from '../../../platform/database/encrypted-column.js'

export interface BindingRow {
  id: string
  accountId: string
  state: BindingState
  memberId: string
  memberName: string
  unitId: string
  unitName: string
  path: string
  /** Not masked: mask it before it is sent to a client. */
  phone: string
  claimedAt: Date
  decidedAt: Date | null
  reason: string | null
}

/** The latest claim of an account on a membership of its own. */
export interface OwnClaim {
  id: string
  accountId: string
  state: OwnBinding['state']
  unitId: string | null
  unitName: string | null
  claimedAt: Date
  /** The account that decided; null when it was not stored. */
  decidedBy: string | null
  reason: string | null
}

const COLUMNS = `b.id, b.accountId, b.state, b.memberId, m.name AS memberName, m.unitId, u.name AS unitName, n.path,
  b.phone, b.claimedAt, b.decidedAt, b.reason
  FROM binding b JOIN member m ON m.id = b.memberId
  JOIN unit u ON u.id = m.unitId JOIN org_node n ON n.id = m.unitId`

@Injectable()
export class BindingQueries {
  constructor(private readonly database: Database) {}

  /** Claims on members in the scope, newest first. */
  async list(
    scope: Scope,
    state: BindingState,
    before: string | undefined,
    limit: number,
  ): Promise<BindingRow[]> {
    const within = withinScope(scope, 'n')
    const rows = await this.database.query<BindingRow>(
      `SELECT ${COLUMNS} WHERE ${within.sql} AND b.state = ? AND b.id < ? ORDER BY b.id DESC LIMIT ${limit}`,
      [...within.parameters, state, before ?? '~'],
    )
    return rows.map(withPhoneInClear)
  }

  /** Whom a claim is about: who made it, and the member it is for. */
  concerned(id: string): Promise<Array<Pick<BindingRow, 'accountId' | 'memberId'>>> {
    return this.database.query('SELECT accountId, memberId FROM binding WHERE id = ?', [id])
  }

  async find(id: string): Promise<BindingRow | undefined> {
    const [row] = await this.database.query<BindingRow>(`SELECT ${COLUMNS} WHERE b.id = ?`, [id])
    return row && withPhoneInClear(row)
  }

  /** Claims that wait for a decision, but for those of the account itself, which others decide. */
  async countPending(scope: Scope, accountId: string): Promise<number> {
    const within = withinScope(scope, 'n')
    const { count } = await this.database.queryOne<{ count: number }>(
      `SELECT COUNT(*) AS count FROM binding b JOIN member m ON m.id = b.memberId JOIN org_node n ON n.id = m.unitId
       WHERE ${within.sql} AND b.state = 'pending' AND b.accountId <> ?`,
      [...within.parameters, accountId],
    )
    return count
  }

  /** The latest claim of an account, with the unit of the claimed member; null when that claim is confirmed. */
  async latest(accountId: string): Promise<OwnClaim | null> {
    const [row] = await this.database.query<Omit<OwnClaim, 'state'> & { state: BindingState }>(
      `SELECT b.id, b.accountId, b.state, m.unitId, u.name AS unitName, b.claimedAt, b.reason, b.decidedBy
       FROM binding b LEFT JOIN member m ON m.id = b.memberId LEFT JOIN unit u ON u.id = m.unitId
       WHERE b.accountId = ? AND b.kind = 'own' AND b.state <> 'refused'
       ORDER BY b.claimedAt DESC, b.id DESC LIMIT 1`,
      [accountId],
    )
    if (!row || row.state === 'confirmed' || row.state === 'refused') return null
    return { ...row, state: row.state }
  }

  /** Which of these members an account is bound to, confirmed by the branch. */
  async boundAmong(memberIds: readonly string[]): Promise<Set<string>> {
    if (memberIds.length === 0) return new Set()
    const rows = await this.database.query<{ memberKey: string }>(
      `SELECT memberKey FROM binding WHERE state = 'confirmed' AND memberKey IN (${placeholders(memberIds)})`,
      [...memberIds],
    )
    return new Set(rows.map(({ memberKey }) => memberKey))
  }

  /** Which members these accounts are, or were before their latest binding ended: account id → member id. */
  async membersOf(accountIds: readonly string[]): Promise<Map<string, string>> {
    if (accountIds.length === 0) return new Map()
    const rows = await this.database.query<{ accountId: string; memberId: string }>(
      `SELECT accountId, memberId FROM binding
       WHERE accountId IN (${placeholders(accountIds)}) AND kind = 'own' AND state IN ('confirmed', 'undone')
         AND memberId IS NOT NULL AND decidedAt IS NOT NULL ORDER BY claimedAt, id`,
      [...accountIds],
    )
    return new Map(rows.map(({ accountId, memberId }) => [accountId, memberId]))
  }

  /** The account that is bound to a member, confirmed by the branch; null when there is none. */
  async accountOf(memberId: string): Promise<string | null> {
    const [row] = await this.database.query<{ accountId: string }>(
      `SELECT accountId FROM binding WHERE memberKey = ? AND kind = 'own' AND state = 'confirmed'`,
      [memberId],
    )
    return row?.accountId ?? null
  }

  /** Accounts that undid a confirmed binding of another account to this member since then. */
  async undoersSince(memberId: string, otherThan: string, since: Date): Promise<string[]> {
    const rows = await this.database.query<{ decidedBy: string }>(
      `SELECT DISTINCT decidedBy FROM binding
       WHERE memberId = ? AND state = 'undone' AND confirmedAt IS NOT NULL AND decidedAt > ?
         AND decidedBy IS NOT NULL AND accountId <> ?`,
      [memberId, since, otherThan],
    )
    return rows.map(({ decidedBy }) => decidedBy)
  }

  /** When the branch confirmed the binding that a member has now; null when there is none. */
  async confirmedAt(memberId: string): Promise<Date | null> {
    const [row] = await this.database.query<{ decidedAt: Date | null }>(
      `SELECT decidedAt FROM binding WHERE memberKey = ? AND state = 'confirmed'`,
      [memberId],
    )
    return row?.decidedAt ?? null
  }

  /** The confirmed own membership of an account. */
  async membershipOf(accountId: string): Promise<{ memberId: string; unitId: string } | null> {
    const [row] = await this.database.queryPrepared<{ memberId: string; unitId: string }>(
      `SELECT m.id AS memberId, m.unitId FROM binding b JOIN member m ON m.id = b.memberId
       WHERE b.accountKey = ? AND b.kind = 'own' AND b.state = 'confirmed'`,
      [accountId],
    )
    return row ?? null
  }
}

const withPhoneInClear = (row: BindingRow): BindingRow => ({
  ...row,
  phone: fieldCipher().decrypt('binding.phone', row.phone),
})
