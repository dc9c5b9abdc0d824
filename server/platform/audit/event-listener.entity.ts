import { Column, Entity } from 'typeorm'
import { column, PrimaryKey } from '../database/columns.js'

/** How far a listener has read the events of its name. */
@Entity('event_listener')
export class EventListener {
  /** Class and method, such as `MonthlyTotals.addPayments`. */
  @PrimaryKey(column.code(120))
  name: string

  /** Number of the last event that it has handled, or that waits in `event_delivery`; 0 at its start. */
  @Column(column.int({ default: 0 }))
  position: number

  /** Lease of the process that delivers to it; null when none does. */
  @Column(column.id({ nullable: true }))
  leaseId: string | null

  /** End of that lease. */
  @Column(column.instant())
  heldUntil: Date

  /** When it had first read all events; null while a new listener still reads the events from before its start. */
  @Column(column.instant({ nullable: true }))
  caughtUpAt: Date | null
}
