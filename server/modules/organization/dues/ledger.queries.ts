import { Injectable } from '@nestjs/common'
import type { LedgerFilter, LedgerRow, LedgerTotals } from '../../../contracts/organization/ledger.js'
import { withinScope, type Scope } from '../../../platform/access/scope.js'
import { Database } from '../../../platform/database/database.js'

const countOf = (condition: string) => `COALESCE(SUM(CASE WHEN ${condition} THEN 1 ELSE 0 END), 0)`
const fenOf = (condition: string) => `COALESCE(SUM(CASE WHEN ${condition} THEN b.amountFen ELSE 0 END), 0)`
const PAID = `b.state = 'paid'`
const UNPAID = `b.state = 'unpaid'`
const TOTALS = `
  COUNT(*) AS dueCount, COALESCE(SUM(b.amountFen), 0) AS dueFen,
  ${countOf(PAID)} AS paidCount, ${fenOf(PAID)} AS paidFen,
  ${countOf(UNPAID)} AS unpaidCount, ${fenOf(UNPAID)} AS unpaidFen`

/** Unpaid and without a telephone: somebody has to visit the member. */
const NEEDS_VISIT = `b.state = 'unpaid' AND m.phoneIndex IS NULL`

/** Unpaid first, because the secretary looks for them; of these, members without a telephone first. */
const RANK = `CASE WHEN ${NEEDS_VISIT} THEN 0 WHEN b.state = 'unpaid' THEN 1 ELSE 2 END`

type Totals = LedgerTotals & { visitCount: number }
export type MonthTotals = LedgerTotals & { month: string }

/** A bill of the ledger. */
export type LedgerLine = Omit<LedgerRow, 'paidAt' | 'needsVisit'> & {
  paidAt: Date | null
  /** 1 or 0 */
  needsVisit: number
  sortRank: number
}

/** Where a page of the ledger starts: rank, name and bill of the row before it. */
export type LedgerPosition = [rank: string, name: string, billId: string]

@Injectable()
export class LedgerQueries {
  constructor(private readonly database: Database) {}

  totals(scope: Scope, month: string): Promise<Totals> {
    const within = withinScope(scope, 'n')
    return this.database.queryOne<Totals>(
      `SELECT ${TOTALS}, ${countOf(NEEDS_VISIT)} AS visitCount
       FROM dues_bill b JOIN org_node n ON n.id = b.unitId JOIN member m ON m.id = b.memberId
       WHERE ${within.sql} AND b.month = ?`,
      [...within.parameters, month],
    )
  }

  /** The top units of a scope, without the units below them. */
  async unitNames(scope: Scope): Promise<string[]> {
    const names: string[] = []
    for (const { from } of scope.ranges) {
      const [unit] = await this.database.query<{ name: string }>(
        'SELECT u.name FROM unit u JOIN org_node n ON n.id = u.id WHERE n.path = ?',
        [from],
      )
      if (unit && !names.includes(unit.name)) names.push(unit.name)
    }
    return names
  }

  months(scope: Scope, limit: number): Promise<MonthTotals[]> {
    const within = withinScope(scope, 'n')
    return this.database.query<MonthTotals>(
      `SELECT b.month, ${TOTALS} FROM dues_bill b JOIN org_node n ON n.id = b.unitId
       WHERE ${within.sql} GROUP BY b.month ORDER BY b.month DESC LIMIT ${limit}`,
      within.parameters,
    )
  }

  rows(
    scope: Scope,
    month: string,
    filter: LedgerFilter | undefined,
    after: LedgerPosition | undefined,
    limit: number,
  ): Promise<LedgerLine[]> {
    const within = withinScope(scope, 'n')
    const conditions = [within.sql, 'b.month = ?']
    const parameters: unknown[] = [...within.parameters, month]
    if (filter === 'visit') {
      conditions.push(NEEDS_VISIT)
    } else if (filter) {
      conditions.push('b.state = ?')
      parameters.push(filter)
    }
    if (after) {
      const [rank, name, billId] = after
      conditions.push(`(${RANK} > ? OR (${RANK} = ? AND (m.name > ? OR (m.name = ? AND b.id > ?))))`)
      parameters.push(Number(rank), Number(rank), name, name, billId)
    }
    return this.database.query<LedgerLine>(
      `SELECT b.id AS billId, b.memberId, m.name AS memberName, u.name AS unitName, b.amountFen, b.state, b.paidAt,
              CASE WHEN ${NEEDS_VISIT} THEN 1 ELSE 0 END AS needsVisit,
              ${RANK} AS sortRank
       FROM dues_bill b JOIN org_node n ON n.id = b.unitId JOIN unit u ON u.id = b.unitId
       JOIN member m ON m.id = b.memberId
       WHERE ${conditions.join(' AND ')} ORDER BY sortRank, m.name, b.id LIMIT ${limit}`,
      parameters,
    )
  }
}
