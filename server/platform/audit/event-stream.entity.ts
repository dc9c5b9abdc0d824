import { Column, Entity } from 'typeorm'
import { column, PrimaryKey } from '../database/columns.js'

/** The numbering of the events of one name that has a listener. The row is locked while they are numbered. */
@Entity('event_stream')
export class EventStream {
  /** Name of the events. */
  @PrimaryKey(column.code(60))
  name: string

  /** The number of the last event that has one; 0 when there is none. */
  @Column(column.int({ default: 0 }))
  lastSequence: number
}
