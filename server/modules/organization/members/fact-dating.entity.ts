import { Column, Entity } from 'typeorm'
import { column, PrimaryKey } from '../../../platform/database/columns.js'

/** How far the facts of members that were stored without days have been given their days. One row. */
@Entity('fact_dating')
export class FactDating {
  @PrimaryKey(column.code(10))
  id: string

  /** Members up to this id are done. */
  @Column(column.id())
  lastMemberId: string

  /** Null while members are still to be done. */
  @Column(column.instant({ nullable: true }))
  finishedAt: Date | null
}
