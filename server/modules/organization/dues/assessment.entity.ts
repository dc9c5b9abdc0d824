import { Column, Entity, Index } from 'typeorm'
import type { DuesClass } from '../../../contracts/organization/dues.js'
import type { Rounding } from '../../../contracts/organization/dues-policy.js'
import { column } from '../../../platform/database/columns.js'
import { PeriodRecord } from '../../../platform/periods/period-record.js'

/**
 * 核定: by which class a member pays from a day on, and by which base where the class has one. A class with a fixed
 * amount has no numbers: the amount is what the unit's policy says of the month that is billed. A class with a base
 * and without numbers waits to be assessed.
 */
@Entity('dues_class_period')
@Index('dues_class_period_member', ['memberId', 'fromOn'])
@Index('dues_class_period_open', ['openKey'], { unique: true })
export class AssessmentRecord extends PeriodRecord {
  @Column(column.id())
  memberId: string

  @Column(column.code(20))
  duesClass: DuesClass

  @Column(column.fen({ nullable: true }))
  baseFen: number | null

  @Column(column.int({ nullable: true }))
  rateBasisPoints: number | null

  @Column(column.code(4, { nullable: true }))
  rounding: Rounding | null

  @Column(column.fen({ nullable: true }))
  amountFen: number | null
}
