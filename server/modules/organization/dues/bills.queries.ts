import { Injectable } from '@nestjs/common'
import { wholeNumber } from '../../../platform/database/columns.js'
import { Database, instantOf } from '../../../platform/database/database.js'
import type { BillState, DuesClass } from '../../../contracts/dues.js'

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
}

@Injectable()
export class BillQueries {
  constructor(private readonly database: Database) {}

  /** A member's bills, newest first, from before `beforeId` when it is given. */
  async ofMember(memberId: string, beforeId: string | undefined, limit: number): Promise<BillRow[]> {
    const rows = await this.database.read<RawBill>(
      `SELECT b.id, b.month, u.name AS unitName, b.duesClass, b.baseFen, b.rateBasisPoints, b.rounding,
              b.amountFen, b.state, b.paidAt, o.tradeNo AS pendingTradeNo
       FROM dues_bill b JOIN unit u ON u.id = b.unitId
       LEFT JOIN payment_line l ON l.subjectId = b.id AND l.openKey IS NOT NULL
       LEFT JOIN payment_order o ON o.id = l.orderId
       WHERE b.id > ? AND b.id < ? ORDER BY b.id DESC LIMIT ${limit}`,
      [memberId, beforeId ?? `${memberId}~`],
    )
    // In their place: a copy of each row would cost more than all that is done with it.
    for (const row of rows) {
      row.baseFen = row.baseFen === null ? null : wholeNumber(row.baseFen)
      row.amountFen = wholeNumber(row.amountFen)
      row.paidAt = row.paidAt === null ? null : instantOf(row.paidAt)
    }
    return rows as BillRow[]
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
}
