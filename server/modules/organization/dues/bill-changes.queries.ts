import { Injectable } from '@nestjs/common'
import type { BillCause, BillState } from '../../../contracts/organization/dues.js'
import { withinScope, type Scope } from '../../../platform/access/scope.js'
import { Database } from '../../../platform/database/database.js'

export interface BillChangeRow {
  id: string
  month: string
  amountFen: number
  replacedByFen: number | null
  cause: BillCause
  reason: string | null
  withdrawnAt: Date
}

export interface DifferenceRow {
  billId: string
  memberId: string
  memberName: string
  unitName: string
  month: string
  billedFen: number
  owedFen: number
  billState: BillState
  cause: BillCause
  reason: string | null
  noticedAt: Date
}

@Injectable()
export class BillChangeQueries {
  constructor(private readonly database: Database) {}

  /** What a member's bills said before, newest first. */
  ofMember(memberId: string, most: number): Promise<BillChangeRow[]> {
    return this.database.query<BillChangeRow>(
      `SELECT w.id, w.month, w.amountFen, w.replacedByFen, w.cause, w.reason, w.withdrawnAt
       FROM dues_bill_withdrawn w
       WHERE w.memberId = ? AND (w.replacedByFen IS NULL OR w.replacedByFen <> w.amountFen)
       ORDER BY w.id DESC LIMIT ${most}`,
      [memberId],
    )
  }

  /** Bills in the scope that are paid or being paid and by the facts should say something else, by bill. */
  differences(scope: Scope, after: string | undefined, limit: number): Promise<DifferenceRow[]> {
    const within = withinScope(scope, 'n')
    return this.database.query<DifferenceRow>(
      `SELECT c.billId, c.memberId, m.name AS memberName, u.name AS unitName, c.month, c.billedFen, c.owedFen,
              b.state AS billState, c.cause, c.reason, c.noticedAt
       FROM dues_bill_correction c JOIN dues_bill b ON b.id = c.billId JOIN member m ON m.id = c.memberId
       JOIN unit u ON u.id = c.unitId JOIN org_node n ON n.id = c.unitId
       WHERE ${within.sql} AND c.billId > ? ORDER BY c.billId LIMIT ${limit}`,
      [...within.parameters, after ?? ''],
    )
  }
}
