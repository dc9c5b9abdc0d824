import { Column, Entity } from 'typeorm'
import { column, PrimaryKey } from '../database/columns.js'

/** The lock of a recurring work, which one process holds until a time. */
@Entity('clock_lock')
export class ClockLock {
  @PrimaryKey(column.code(60))
  name: string

  @Column(column.instant())
  heldUntil: Date

  /** Of work at calendar times: the instant up to which it is done. Null for other work. */
  @Column(column.instant({ nullable: true }))
  doneUntil: Date | null
}
