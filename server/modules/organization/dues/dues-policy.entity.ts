import { Column, Entity, Index } from 'typeorm'
import type { Rounding } from '../../../contracts/organization/dues-policy.js'
import { column } from '../../../platform/database/columns.js'
import { PeriodRecord } from '../../../platform/periods/period-record.js'

/** What a unit has decided about dues from a day on, within the bounds of the regulation. Every unit has one on each day. */
@Entity('dues_policy_period')
@Index('dues_policy_period_unit', ['unitId', 'fromOn'])
@Index('dues_policy_period_open', ['openKey'], { unique: true })
export class DuesPolicyRecord extends PeriodRecord {
  @Column(column.id())
  unitId: string

  /** Monthly dues of farmers, in fen. */
  @Column(column.fen())
  farmerFen: number

  /** Computed dues are rounded half up to the fen or to the jiao. */
  @Column(column.code(4))
  rounding: Rounding
}
