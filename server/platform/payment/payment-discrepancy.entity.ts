import { Column, Entity, Index } from 'typeorm'
import { column, PrimaryKey } from '../database/columns.js'

/** WeChat and we do not agree about an order: a person has to look. Money is never moved because of one. */
@Entity('payment_discrepancy')
@Index('payment_discrepancy_once', ['tradeNo', 'kind'], { unique: true })
export class PaymentDiscrepancy {
  @PrimaryKey(column.id())
  id: string

  @Column(column.code(32))
  tradeNo: string

  @Column(column.code(30))
  kind: 'amount' | 'merchant' | 'payer' | 'paid-after-close' | 'subject-gone' | 'unknown-order'

  /** What WeChat said, without the payer. */
  @Column(column.json())
  evidence: Record<string, string | number | null>

  @Column(column.instant())
  noticedAt: Date

  @Column(column.instant({ nullable: true }))
  closedAt: Date | null
}
