import { Injectable } from '@nestjs/common'
import { askedTogether } from '../../../platform/database/asked-together.js'
import { wholeNumber } from '../../../platform/database/columns.js'
import { Database, instantOf } from '../../../platform/database/database.js'
import { roundedUp } from '../../../platform/database/dialect.js'
import { isEmbedded } from '../../../platform/database/engine.js'
import { USUAL_LIMIT } from '../../../platform/http/paging.js'
import type { BranchMonth } from '../../../contracts/home/branch.js'
import type { BillState, DuesClass } from '../../../contracts/organization/dues.js'

/** The columns of "my bills", nothing more: this is the hottest read of the system. */
export interface BillRow {
  id: string
  month: string
  unitName: string
  duesClass: DuesClass
  baseFen: number | null
  rateBasisPoints: number | null
  rounding: 'fen' | 'jiao'
  amountFen: number
  state: BillState
  paidAt: Date | null
  pendingTradeNo: string | null
}

type RawBill = Omit<BillRow, 'baseFen' | 'amountFen' | 'paidAt'> & {
  baseFen: string | number | null
  amountFen: string | number
  paidAt: Date | string | null
  /** Which of the parts of the statement it answers. */
  part: number
}

/** Part of a member's bills, by their ids: those between two, neither included. */
interface Stretch {
  after: string
  before: string
}

/** A page as the phone asks for it, and one row that tells whether there are more. */
const USUAL_ROWS = USUAL_LIMIT + 1
/** So many people are asked about in one statement. SQLite has no such parentheses, and needs no journey to save. */
const MOST_STRETCHES = isEmbedded ? 1 : 8
const NO_BILLS: Stretch = { after: '', before: '' }

const newestOfStretch = (limit: number, part = 0): string =>
  `SELECT ${part} AS part, b.id, b.month, u.name AS unitName, b.duesClass, b.baseFen, b.rateBasisPoints, b.rounding,
          b.amountFen, b.state, b.paidAt, o.tradeNo AS pendingTradeNo
   FROM dues_bill b JOIN unit u ON u.id = b.unitId
   LEFT JOIN payment_line l ON l.subjectId = b.id AND l.openKey IS NOT NULL
   LEFT JOIN payment_order o ON o.id = l.orderId
   WHERE b.id > ? AND b.id < ? ORDER BY b.id DESC LIMIT ${limit}`

/** Statements for several usual pages, by how many they are. */
const USUAL_PAGES = new Map(
  [1, 2, 4, 8].map((howMany) => [
    howMany,
    howMany === 1
      ? newestOfStretch(USUAL_ROWS)
      : Array.from({ length: howMany }, (_, part) => `(${newestOfStretch(USUAL_ROWS, part)})`).join(
          ' UNION ALL ',
        ),
  ]),
)

@Injectable()
export class BillQueries {
  private readonly usualPage = askedTogether(this.database, MOST_STRETCHES, (stretches: readonly Stretch[]) =>
    this.usualPagesOf(stretches),
  )

  constructor(private readonly database: Database) {}

  /** A member's bills, newest first, from before `beforeId` when it is given. */
  async ofMember(memberId: string, beforeId: string | undefined, limit: number): Promise<BillRow[]> {
    const stretch = { after: memberId, before: beforeId ?? `${memberId}~` }
    if (limit === USUAL_ROWS) return this.usualPage(stretch)
    // Not prepared: there would be a text for every limit that anybody thinks of.
    const rows = await this.database.query<RawBill>(newestOfStretch(limit), [stretch.after, stretch.before])
    return rows.map(billOf)
  }

  /** What a member has not paid, oldest first. */
  async unpaidOf(
    memberId: string,
  ): Promise<Array<{ id: string; month: string; amountFen: number; unitId: string }>> {
    const rows = await this.database.query<{
      id: string
      month: string
      amountFen: string | number
      unitId: string
    }>(
      `SELECT id, month, amountFen, unitId FROM dues_bill
       WHERE id > ? AND id < ? AND state = 'unpaid' ORDER BY id LIMIT 120`,
      [memberId, `${memberId}~`],
    )
    return rows.map((row) => ({ ...row, amountFen: wholeNumber(row.amountFen) }))
  }

  /** The newest months of a branch and its groups in totals, with the reader's own state. */
  async monthsOfBranch(branchId: string, memberId: string, limit: number): Promise<BranchMonth[]> {
    const rows = await this.database.query<{
      month: string
      dueCount: string | number
      paidCount: string | number
      own: BillState | null
    }>(
      `SELECT month, COUNT(*) AS dueCount, SUM(CASE WHEN state = 'paid' THEN 1 ELSE 0 END) AS paidCount,
              MAX(CASE WHEN memberId = ? THEN state END) AS own
       FROM dues_bill WHERE unitId IN (SELECT id FROM org_node WHERE id = ? OR parentId = ?)
       GROUP BY month ORDER BY month DESC LIMIT ${limit}`,
      [memberId, branchId, branchId],
    )
    return rows.map((row) => ({
      ...row,
      dueCount: wholeNumber(row.dueCount),
      paidCount: wholeNumber(row.paidCount),
    }))
  }

  private async usualPagesOf(stretches: readonly Stretch[]): Promise<Array<BillRow[] | Error>> {
    const asked = roundedUp(stretches, NO_BILLS)
    const statement = USUAL_PAGES.get(asked.length)
    if (!statement) throw new RangeError(`no statement for ${asked.length} pages`)
    const rows = await this.database.queryPrepared<RawBill>(
      statement,
      asked.flatMap(({ after, before }) => [after, before]),
    )
    const parts = asked.map((): RawBill[] => [])
    for (const row of rows) partOf(parts, row).push(row)
    return stretches.map((_, part) => pageFrom(parts[part] ?? []))
  }
}

function partOf(parts: RawBill[][], { part }: RawBill): RawBill[] {
  const rows = parts[part]
  if (!rows) throw new RangeError(`nobody asked for part ${part}`)
  return rows
}

/** @returns an error when a row is not as it should be: nobody else's page hangs on it */
function pageFrom(rows: RawBill[]): BillRow[] | Error {
  try {
    // ORDER BY in a part of a union decides which rows it holds; their order is not promised.
    return rows.map(billOf).sort(newestFirst)
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

const newestFirst = (one: BillRow, other: BillRow): number => (one.id < other.id ? 1 : -1)

/** In its place: a copy of each row would cost more than all that is done with it. */
function billOf(row: RawBill): BillRow {
  row.baseFen = row.baseFen === null ? null : wholeNumber(row.baseFen)
  row.amountFen = wholeNumber(row.amountFen)
  row.paidAt = row.paidAt === null ? null : instantOf(row.paidAt)
  return row as BillRow
}
