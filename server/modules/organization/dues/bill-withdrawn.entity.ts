import { Column, Entity, Index } from 'typeorm'
import type { BillCause, DuesClass } from '../../../contracts/organization/dues.js'
import type { Rounding } from '../../../contracts/organization/dues-policy.js'
import { column, PrimaryKey } from '../../../platform/database/columns.js'

/** What an unpaid bill said before a fact of its month changed. The bill itself keeps its id and says the new. */
@Entity('dues_bill_withdrawn')
@Index('dues_bill_withdrawn_member', ['memberId', 'month'])
export class WithdrawnBillRecord {
  @PrimaryKey(column.id())
  id: string

  @Column(column.code(32))
  billId: string

  @Column(column.id())
  memberId: string

  @Column(column.id())
  unitId: string

  @Column(column.month())
  month: string

  @Column(column.code(20))
  duesClass: DuesClass

  @Column(column.fen({ nullable: true }))
  baseFen: number | null

  @Column(column.int({ nullable: true }))
  rateBasisPoints: number | null

  @Column(column.code(4))
  rounding: Rounding

  @Column(column.fen())
  amountFen: number

  @Column(column.instant())
  createdAt: Date

  /** What the bill says instead; null when nothing is owed for the month any more. */
  @Column(column.fen({ nullable: true }))
  replacedByFen: number | null

  /** Which kind of fact changed, and why as it was typed. */
  @Column(column.code(20))
  cause: BillCause

  @Column(column.text(200, { nullable: true }))
  reason: string | null

  @Column(column.instant())
  withdrawnAt: Date
}
