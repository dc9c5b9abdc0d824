import { Column, Entity } from 'typeorm'
import { column, PrimaryKey } from '../database/columns.js'

/** Which process may do a recurring work at the moment, and until when. */
@Entity('clock_lock')
export class ClockLock {
  @PrimaryKey(column.code(60))
  name: string

  @Column(column.instant())
  heldUntil: Date
}
