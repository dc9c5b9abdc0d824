import { Column, Entity, Index } from 'typeorm'
import { column, PrimaryKey } from '../database/columns.js'

/** One thing paid by an order. */
@Entity('payment_line')
@Index('payment_line_order', ['orderId'])
@Index('payment_line_subject', ['subjectId'])
@Index('payment_line_open', ['openKey'], { unique: true })
export class PaymentLine {
  @PrimaryKey(column.id())
  id: string

  @Column(column.id())
  orderId: string

  @Column(column.code(40))
  subjectId: string

  /** The amount when the order was opened; this amount is booked. */
  @Column(column.fen())
  amountFen: number

  /** Unit for which it is collected. Null in an old line whose thing is unknown. */
  @Column(column.id({ nullable: true }))
  unitId: string | null

  /** Subject and id while the order is pending, else null. Unique, so a thing is in at most one pending order. */
  @Column(column.code(64, { nullable: true }))
  openKey: string | null
}
