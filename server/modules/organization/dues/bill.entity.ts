import { Column, Entity, Index } from 'typeorm'
import type { BillState, DuesClass } from '../../../contracts/organization/dues.js'
import type { Rounding } from '../../../contracts/organization/dues-policy.js'
import { column, PrimaryKey } from '../../../platform/database/columns.js'

/**
 * What a member owes for a month. The id is the member's id and the month, so a member has one bill a month and the
 * bills of a member are stored next to each other. Amount and reason are stored, so that later changes elsewhere do
 * not change a bill.
 */
@Entity('dues_bill')
@Index('dues_bill_unit_month', ['unitId', 'month', 'state'])
export class BillRecord {
  @PrimaryKey(column.code(32))
  id: string

  @Column(column.id())
  memberId: string

  /** The unit the member belonged to when the bill was made; a later move does not change it. */
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

  @Column(column.code(10))
  state: BillState

  @Column(column.instant())
  createdAt: Date

  @Column(column.instant({ nullable: true }))
  paidAt: Date | null

  /** Trade number of the order that paid it. */
  @Column(column.code(32, { nullable: true }))
  tradeNo: string | null
}
