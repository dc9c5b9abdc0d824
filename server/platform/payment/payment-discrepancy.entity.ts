import { Column, Entity, Index } from 'typeorm'
import { column, PrimaryKey } from '../database/columns.js'

export type DiscrepancyKind =
  /** WeChat received another amount than the order's. */
  | 'amount'
  /** The payment is for another merchant or another mini-program. */
  | 'merchant'
  | 'payer'
  /** A second transaction for an order, or a transaction that has paid another order already. */
  | 'transaction'
  /** The payment came after we had closed the order. */
  | 'paid-after-close'
  /** Paid and refunded outside of this system while the order was pending here. */
  | 'refunded'
  /** The order is paid, but what it was for is no longer owed as it was. */
  | 'subject-gone'
  | 'unknown-order'

/** Each further transaction with the same kind of discrepancy has its own row: `amount-2`, then `amount-3`. */
export type NumberedKind = DiscrepancyKind | `${DiscrepancyKind}-${number}`

/** WeChat and our order disagree. A person has to check it; no money is moved because of it. */
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
