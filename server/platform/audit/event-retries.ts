import { Injectable } from '@nestjs/common'
import { In, IsNull, LessThanOrEqual } from 'typeorm'
import { Clock } from '../config/clock.js'
import { Database } from '../database/database.js'
import { placeholders } from '../database/dialect.js'
import { newId } from '../database/ids.js'
import { EventDelivery } from './event-delivery.entity.js'
import { EventRecord } from './event.entity.js'

const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 3600_000
/** After so many attempts an event is still retried, at most an hour apart, but the lag no longer counts it. */
const GIVES_UP_AFTER = 10

/** Events that a listener failed to handle. The listener gets them again, after waits that double, up to an hour. */
@Injectable()
export class EventRetries {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Call it in the transaction that moves the listener's position past these events. */
  async keep(listener: string, events: readonly EventRecord[]): Promise<void> {
    if (events.length === 0) return
    await this.database.repository(EventDelivery).insert(
      events.map(({ id: eventId }) => ({
        id: newId(),
        eventId,
        listener,
        attempts: 1,
        nextAttemptAt: this.after(FIRST_WAIT_MS),
        doneAt: null,
      })),
    )
  }

  /** Events whose next attempt is due, in the order of their commits. */
  async due(listener: string, most: number): Promise<EventRecord[]> {
    const due = await this.database.repository(EventDelivery).find({
      where: { listener, doneAt: IsNull(), nextAttemptAt: LessThanOrEqual(this.clock.now()) },
      order: { nextAttemptAt: 'ASC', id: 'ASC' },
      take: most,
    })
    if (due.length === 0) return []
    return this.database
      .repository(EventRecord)
      .find({ where: { id: In(due.map(({ eventId }) => eventId)) }, order: { sequence: 'ASC' } })
  }

  /** Stores the outcome of due events: those that failed again wait longer, the others are done. */
  async settle(
    listener: string,
    events: readonly EventRecord[],
    failed: readonly EventRecord[],
  ): Promise<void> {
    const deliveries = this.database.repository(EventDelivery)
    for (const event of events) {
      const delivery = await deliveries.findOneBy({ listener, eventId: event.id, doneAt: IsNull() })
      if (!delivery) continue
      const { id, attempts } = delivery
      const wait = Math.min(FIRST_WAIT_MS * 2 ** attempts, LONGEST_WAIT_MS)
      const outcome = failed.includes(event)
        ? { attempts: attempts + 1, nextAttemptAt: this.after(wait) }
        : { doneAt: this.clock.now() }
      await deliveries.update(id, outcome)
    }
  }

  /** When the oldest event happened that one of these listeners gets again; null when there is none. */
  async oldest(listeners: readonly string[]): Promise<Date | null> {
    const [event] = await this.database.query<{ eventId: string }>(
      `SELECT d.eventId FROM event_delivery d JOIN event e ON e.id = d.eventId
       WHERE d.doneAt IS NULL AND d.attempts < ${GIVES_UP_AFTER} AND d.listener IN (${placeholders(listeners)})
       ORDER BY e.at LIMIT 1`,
      [...listeners],
    )
    if (!event) return null
    return (await this.database.repository(EventRecord).findOneByOrFail({ id: event.eventId })).at
  }

  private after(waitMs: number): Date {
    return new Date(this.clock.now().getTime() + waitMs)
  }
}
