import { Injectable } from '@nestjs/common'
import { Database } from '../../../platform/database/database.js'
import type { BillState, DuesClass } from '../../../contracts/organization/dues.js'
import type { Rounding } from '../../../contracts/organization/dues-policy.js'

/** The columns of "my bills" and no others: this is the most frequent read of the system. */
export interface BillRow {
  id: string
  month: string
  unitId: string
  unitName: string
  duesClass: DuesClass
  baseFen: number | null
  rateBasisPoints: number | null
  rounding: Rounding
  amountFen: number
  state: BillState
  paidAt: Date | null
  pendingTradeNo: string | null
}

export type UnpaidBill = Pick<BillRow, 'id' | 'month' | 'amountFen' | 'unitId'>

export interface UnpaidOfUnit {
  unitName: string
  path: string
  monthCount: number
  sinceMonth: string
  unpaidFen: number
}

/** One month of a branch in totals, with the reader's own bill; null when there is none. */
export interface MonthOfBranch {
  month: string
  dueCount: number
  paidCount: number
  own: BillState | null
}

@Injectable()
export class BillQueries {
  constructor(private readonly database: Database) {}

  /** A member's bills, newest first, from before `beforeId` when it is given. */
  ofMember(memberId: string, beforeId: string | undefined, limit: number): Promise<BillRow[]> {
    return this.database.queryPrepared<BillRow>(
      `SELECT b.id, b.month, b.unitId, u.name AS unitName, b.duesClass, b.baseFen, b.rateBasisPoints, b.rounding,
              b.amountFen, b.state, b.paidAt, o.tradeNo AS pendingTradeNo
       FROM dues_bill b JOIN unit u ON u.id = b.unitId
       LEFT JOIN payment_line l ON l.subjectId = b.id AND l.openKey IS NOT NULL
       LEFT JOIN payment_order o ON o.id = l.orderId
       WHERE b.id > ? AND b.id < ? ORDER BY b.id DESC LIMIT ?`,
      [memberId, beforeId ?? `${memberId}~`, limit],
    )
  }

  /** What a member has not paid, oldest first. */
  unpaidOf(memberId: string): Promise<UnpaidBill[]> {
    return this.database.query(
      `SELECT id, month, amountFen, unitId FROM dues_bill
       WHERE id > ? AND id < ? AND state = 'unpaid' ORDER BY id LIMIT 120`,
      [memberId, `${memberId}~`],
    )
  }

  /** Unpaid months of a member that belong to other units than this one, by unit, oldest first. */
  unpaidElsewhere(memberId: string, unitId: string, limit: number): Promise<UnpaidOfUnit[]> {
    return this.database.query(
      `SELECT u.name AS unitName, n.path, COUNT(*) AS monthCount, MIN(b.month) AS sinceMonth,
              SUM(b.amountFen) AS unpaidFen
       FROM dues_bill b JOIN unit u ON u.id = b.unitId JOIN org_node n ON n.id = b.unitId
       WHERE b.id > ? AND b.id < ? AND b.state = 'unpaid' AND b.unitId <> ?
       GROUP BY u.id, u.name, n.path ORDER BY sinceMonth, u.name LIMIT ${limit}`,
      [memberId, `${memberId}~`, unitId],
    )
  }

  /** The newest months of a branch and its groups in totals, with the reader's own state. */
  monthsOfBranch(branchId: string, memberId: string, limit: number): Promise<MonthOfBranch[]> {
    return this.database.query(
      `SELECT month, COUNT(*) AS dueCount, SUM(CASE WHEN state = 'paid' THEN 1 ELSE 0 END) AS paidCount,
              MAX(CASE WHEN memberId = ? THEN state END) AS own
       FROM dues_bill WHERE unitId IN (SELECT id FROM org_node WHERE id = ? OR parentId = ?)
       GROUP BY month ORDER BY month DESC LIMIT ${limit}`,
      [memberId, branchId, branchId],
    )
  }
}
