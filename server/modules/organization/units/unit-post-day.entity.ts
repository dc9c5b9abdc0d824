import { Column, Entity } from 'typeorm'
import { column, PrimaryKey } from '../../../platform/database/columns.js'

/** Up to which day those who listen were told whose post began or ended. One row. */
@Entity('unit_post_day')
export class UnitPostDay {
  @PrimaryKey(column.code(10))
  id: string

  @Column(column.day())
  throughOn: string
}
