import { Column, Entity, Index } from 'typeorm'
import { column, PrimaryKey } from '../database/columns.js'

/** That one listener still has to handle one event. Written with the event, so that no event is forgotten. */
@Entity('event_delivery')
@Index('event_delivery_waiting', ['doneAt', 'nextAttemptAt'])
export class EventDelivery {
  @PrimaryKey(column.id())
  id: string

  @Column(column.id())
  eventId: string

  /** Name of the listener. */
  @Column(column.code(120))
  listener: string

  @Column(column.int({ default: 0 }))
  attempts: number

  /** Also the end of the lease of a process that is handling it. */
  @Column(column.instant())
  nextAttemptAt: Date

  @Column(column.instant({ nullable: true }))
  doneAt: Date | null
}
