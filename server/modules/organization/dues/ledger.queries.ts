import { Injectable } from '@nestjs/common'
import type {
  LedgerFilter,
  LedgerMonth,
  LedgerRow,
  LedgerTotals,
} from '../../../contracts/organization/ledger.js'
import { withinScope, type Scope } from '../../../platform/access/scope.js'
import { wholeNumber } from '../../../platform/database/columns.js'
import { Database, instantOf } from '../../../platform/database/database.js'

const TOTALS = `
  COUNT(*) AS dueCount, SUM(b.amountFen) AS dueFen,
  SUM(CASE WHEN b.state = 'paid' THEN 1 ELSE 0 END) AS paidCount,
  SUM(CASE WHEN b.state = 'paid' THEN b.amountFen ELSE 0 END) AS paidFen,
  SUM(CASE WHEN b.state = 'unpaid' THEN 1 ELSE 0 END) AS unpaidCount,
  SUM(CASE WHEN b.state = 'unpaid' THEN b.amountFen ELSE 0 END) AS unpaidFen`

/** Unpaid and without a telephone: somebody has to go there. */
const NEEDS_VISIT = `b.state = 'unpaid' AND m.phoneIndex IS NULL`

/** Unpaid first: they are what the secretary came for; those who cannot be called before the others. */
const RANK = `CASE WHEN ${NEEDS_VISIT} THEN 0 WHEN b.state = 'unpaid' THEN 1 ELSE 2 END`

type Raw<T> = { [K in keyof T]: T[K] extends number ? string | number | null : T[K] }
type RawRow = Raw<Omit<LedgerRow, 'paidAt' | 'needsVisit'>> & {
  paidAt: Date | string | null
  needsVisit: number | string
  sortRank: number | string
}

/** Where a page of the ledger starts: rank, name and bill of the row before it. */
export type LedgerPosition = [rank: string, name: string, billId: string]

@Injectable()
export class LedgerQueries {
  constructor(private readonly database: Database) {}

  async totals(scope: Scope, month: string): Promise<LedgerTotals & { visitCount: number }> {
    const within = withinScope(scope, 'n')
    const [row] = await this.database.query<Raw<LedgerTotals & { visitCount: number }>>(
      `SELECT ${TOTALS},
              SUM(CASE WHEN ${NEEDS_VISIT} THEN 1 ELSE 0 END) AS visitCount
       FROM dues_bill b JOIN org_node n ON n.id = b.unitId JOIN member m ON m.id = b.memberId
       WHERE ${within.sql} AND b.month = ?`,
      [...within.parameters, month],
    )
    return { ...totalsOf(row), visitCount: wholeNumber(row?.visitCount) }
  }

  /** The units that a scope consists of, without those below them. */
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

  async months(scope: Scope, limit: number): Promise<LedgerMonth[]> {
    const within = withinScope(scope, 'n')
    const rows = await this.database.query<Raw<LedgerTotals> & { month: string }>(
      `SELECT b.month, ${TOTALS} FROM dues_bill b JOIN org_node n ON n.id = b.unitId
       WHERE ${within.sql} GROUP BY b.month ORDER BY b.month DESC LIMIT ${limit}`,
      within.parameters,
    )
    return rows.map((row) => ({ month: row.month, totals: totalsOf(row) }))
  }

  async rows(
    scope: Scope,
    month: string,
    filter: LedgerFilter | undefined,
    after: LedgerPosition | undefined,
    limit: number,
  ): Promise<Array<LedgerRow & { position: LedgerPosition }>> {
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
    const rows = await this.database.query<RawRow>(
      `SELECT b.id AS billId, b.memberId, m.name AS memberName, u.name AS unitName, b.amountFen, b.state, b.paidAt,
              CASE WHEN ${NEEDS_VISIT} THEN 1 ELSE 0 END AS needsVisit,
              ${RANK} AS sortRank
       FROM dues_bill b JOIN org_node n ON n.id = b.unitId JOIN unit u ON u.id = b.unitId
       JOIN member m ON m.id = b.memberId
       WHERE ${conditions.join(' AND ')} ORDER BY sortRank, m.name, b.id LIMIT ${limit}`,
      parameters,
    )
    return rows.map(({ sortRank, ...row }) => ({
      ...row,
      amountFen: wholeNumber(row.amountFen),
      paidAt: row.paidAt === null ? null : instantOf(row.paidAt).toISOString(),
      needsVisit: Number(row.needsVisit) === 1,
      position: [String(sortRank), row.memberName, row.billId],
    }))
  }
}

const totalsOf = (row: Raw<LedgerTotals> | undefined): LedgerTotals => ({
  dueCount: wholeNumber(row?.dueCount),
  dueFen: wholeNumber(row?.dueFen),
  paidCount: wholeNumber(row?.paidCount),
  paidFen: wholeNumber(row?.paidFen),
  unpaidCount: wholeNumber(row?.unpaidCount),
  unpaidFen: wholeNumber(row?.unpaidFen),
})
