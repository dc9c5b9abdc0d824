import { Column, Entity, Index } from 'typeorm'
import { column, PrimaryKey } from '../database/columns.js'

export type DiscrepancyKind =
  /** WeChat was paid another sum than was asked. */
  | 'amount'
  /** Another merchant or another mini-program. */
  | 'merchant'
  | 'payer'
  /** A second transaction for an order, or one that paid another order already. */
  | 'transaction'
  /** We had closed the order. */
  | 'paid-after-close'
  /** Given back past us while we took the order for unpaid. */
  | 'refunded'
  /** The order is paid, but what it was for is no longer owed as it was. */
  | 'subject-gone'
  | 'unknown-order'

/** The second transaction about which we disagree in the same way has a row of its own: `amount-2`, then `amount-3`. */
export type NumberedKind = DiscrepancyKind | `${DiscrepancyKind}-${number}`

/** WeChat and we do not agree about an order: a person has to look. Money is never moved because of one. */
@Entity('payment_discrepancy')
@Index('payment_discrepancy_once', ['tradeNo', 'kind'], { unique: true })
export class PaymentDiscrepancy {
  @PrimaryKey(column.id())
  id: string

  @Column(column.code(32))
  tradeNo: string

  @Column(column.code(30))
  kind: NumberedKind

  /** What WeChat said, without the payer. */
  @Column(column.json())
  evidence: Record<string, string | number | null>

  @Column(column.instant())
  noticedAt: Date

  @Column(column.instant({ nullable: true }))
  closedAt: Date | null
}
