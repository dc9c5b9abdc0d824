import { Column, Entity, Index } from 'typeorm'
import type { PaymentState } from '../../contracts/platform/payment.js'
import { column, PrimaryKey } from '../database/columns.js'

/** One payment at WeChat, under our own trade number. */
@Entity('payment_order')
@Index('payment_order_trade_no', ['tradeNo'], { unique: true })
@Index('payment_order_idempotency', ['accountId', 'idempotencyKey'], { unique: true })
@Index('payment_order_transaction', ['transactionId'], { unique: true })
@Index('payment_order_pending', ['state', 'nextAskAt'])
export class PaymentOrder {
  @PrimaryKey(column.id())
  id: string

  /** 6 to 32 characters, unique at the merchant for ever. */
  @Column(column.code(32))
  tradeNo: string

  /** What is paid for: the name under which a `PaymentSubject` is registered. */
  @Column(column.code(20))
  subject: string

  @Column(column.id())
  merchantAccountId: string

  @Column(column.id())
  accountId: string

  @Column(column.code(64))
  payerOpenid: string

  @Column(column.fen())
  amountFen: number

  @Column(column.text(127))
  description: string

  @Column(column.code(10))
  state: PaymentState

  @Column(column.code(64))
  idempotencyKey: string

  /** Fingerprint of what is paid for: the same key with other content is refused. */
  @Column(column.code(64))
  contentHash: string

  /** The notification URL first sent to WeChat, even when our address has changed since. Null in the oldest orders. */
  @Column(column.text(255, { nullable: true }))
  notifyUrl: string | null

  /** Null until WeChat has answered. */
  @Column(column.code(64, { nullable: true }))
  prepayId: string | null

  @Column(column.code(64, { nullable: true }))
  transactionId: string | null

  @Column(column.instant())
  createdAt: Date

  @Column(column.instant())
  expiresAt: Date

  /** When the scheduler next queries the order at WeChat, while it is pending. */
  @Column(column.instant())
  nextAskAt: Date

  /** How many queries in a row have failed or disagreed with the order. */
  @Column(column.int({ default: 0 }))
  asks: number

  @Column(column.instant({ nullable: true }))
  paidAt: Date | null

  @Column(column.instant({ nullable: true }))
  closedAt: Date | null
}
