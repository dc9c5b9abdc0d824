import { Column, Entity } from 'typeorm'
import type { Rounding } from '../../../contracts/organization/dues-policy.js'
import { column, PrimaryKey } from '../../../platform/database/columns.js'

/** What a unit has decided about dues, within the bounds of the regulation. Every unit has one. */
@Entity('dues_policy')
export class DuesPolicyRecord {
  @PrimaryKey(column.id())
  unitId: string

  /** Monthly dues of farmers, in fen. */
  @Column(column.fen())
  farmerFen: number

  /** Computed dues are rounded half up to the fen or to the jiao. */
  @Column(column.code(4))
  rounding: Rounding
}
