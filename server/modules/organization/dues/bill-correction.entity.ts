import { Column, Entity, Index } from 'typeorm'
import { column, PrimaryKey } from '../../../platform/database/columns.js'
import type { BillCause } from '../../../contracts/organization/dues.js'

/**
 * A bill that says something else than the facts, and cannot be changed now: somebody is paying it, or it is paid. While
 * the bill is unpaid the correction waits for the order to close; once it is paid it is a difference for the treasurer.
 */
@Entity('dues_bill_correction')
@Index('dues_bill_correction_unit', ['unitId', 'month'])
export class BillCorrectionRecord {
  @PrimaryKey(column.code(32))
  billId: string

  @Column(column.id())
  memberId: string

  /** The unit of the bill. */
  @Column(column.id())
  unitId: string

  @Column(column.month())
  month: string

  @Column(column.fen())
  billedFen: number

  /** What is owed by the facts; 0 when nothing is. */
  @Column(column.fen())
  owedFen: number

  @Column(column.code(20))
  cause: BillCause

  @Column(column.text(200, { nullable: true }))
  reason: string | null

  @Column(column.instant())
  noticedAt: Date
}
