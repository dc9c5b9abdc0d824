import { Column, Entity, Index } from 'typeorm'
import { column, PrimaryKey } from '../database/columns.js'

/** An event that a listener failed to handle and gets again. */
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

  /** How often it has failed. */
  @Column(column.int({ default: 0 }))
  attempts: number

  @Column(column.instant())
  nextAttemptAt: Date

  @Column(column.instant({ nullable: true }))
  doneAt: Date | null
}
