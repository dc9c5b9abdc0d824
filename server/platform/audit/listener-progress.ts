import { Injectable, Logger } from '@nestjs/common'
import { MoreThan } from 'typeorm'
import { Clock } from '../config/clock.js'
import { Database } from '../database/database.js'
import { isDuplicate } from '../database/errors.js'
import { newId } from '../database/ids.js'
import { EventListener } from './event-listener.entity.js'
import { EventRecord } from './event.entity.js'
import type { Listener } from './listeners.js'

/** Ms after which another process may take the listener of a process that has died. */
const LEASE_MS = 60_000

/** The right of one process at a time to deliver events to a listener. */
export interface Lease {
  id: string
  listener: Listener
}

/** How far each listener has read. */
@Injectable()
export class ListenerProgress {
  private readonly logger = new Logger(ListenerProgress.name)

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Whether there are numbered events after its position. A new listener starts before the first event. */
  async hasUnread({ name, eventName }: Listener): Promise<boolean> {
    const listener = await this.database.repository(EventListener).findOneBy({ name })
    if (!listener) await this.begin(name)
    const [unread] = await this.database.query(
      `SELECT l.name FROM event_listener l JOIN event_stream s ON s.name = ?
       WHERE l.name = ? AND l.position < s.lastSequence`,
      [eventName, name],
    )
    if (!unread && !listener?.caughtUpAt) await this.noteCaughtUp(name)
    return unread !== undefined
  }

  /** @returns undefined while another process holds its lease */
  async claim(listener: Listener): Promise<Lease | undefined> {
    const id = newId()
    const claimed = await this.database.compareAndSet(
      'UPDATE event_listener SET leaseId = ?, heldUntil = ? WHERE name = ? AND heldUntil <= ?',
      [id, this.leaseEnd(), listener.name, this.clock.now()],
    )
    return claimed ? { id, listener } : undefined
  }

  /** @throws when another process has taken over */
  async renew({ id, listener: { name } }: Lease): Promise<void> {
    const renewed = await this.database.compareAndSet(
      'UPDATE event_listener SET heldUntil = ? WHERE name = ? AND leaseId = ?',
      [this.leaseEnd(), name, id],
    )
    if (!renewed) throw new Error(`listener ${name} was taken over by another process`)
  }

  async release({ id, listener: { name } }: Lease): Promise<void> {
    await this.database.execute(
      'UPDATE event_listener SET leaseId = NULL, heldUntil = ? WHERE name = ? AND leaseId = ?',
      [this.clock.now(), name, id],
    )
  }

  /** The next events after its position, in the order of their commits. */
  async next({ name, eventName }: Listener, most: number): Promise<EventRecord[]> {
    const { position } = await this.database.repository(EventListener).findOneByOrFail({ name })
    return this.database.repository(EventRecord).find({
      where: { name: eventName, sequence: MoreThan(position) },
      order: { sequence: 'ASC' },
      take: most,
    })
  }

  /** @returns false when another process has taken over; that process stores the position */
  moveTo(position: number, { id, listener: { name } }: Lease): Promise<boolean> {
    return this.database.compareAndSet(
      'UPDATE event_listener SET position = ? WHERE name = ? AND leaseId = ?',
      [position, name, id],
    )
  }

  /**
   * When the oldest event happened that a listener has not read. Null while a new listener reads the events from
   * before its start, because those may take their time.
   */
  async oldestUnread({ name, eventName }: Listener): Promise<Date | null> {
    const listener = await this.database.repository(EventListener).findOneBy({ name })
    if (!listener?.caughtUpAt) return null
    return this.database
      .repository(EventRecord)
      .createQueryBuilder('e')
      .where('e.name = :eventName AND (e.sequence IS NULL OR e.sequence > :position)', {
        eventName,
        position: listener.position,
      })
      .orderBy('e.at')
      .limit(1)
      .getOne()
      .then((event) => event?.at ?? null)
  }

  private async begin(name: string): Promise<void> {
    try {
      await this.database
        .repository(EventListener)
        .insert({ name, position: 0, leaseId: null, heldUntil: this.clock.now(), caughtUpAt: null })
      this.logger.log({ listener: name }, 'a new listener reads the events from their start')
    } catch (error) {
      if (!isDuplicate(error)) throw error
    }
  }

  private async noteCaughtUp(name: string): Promise<void> {
    const isFirst = await this.database.compareAndSet(
      'UPDATE event_listener SET caughtUpAt = ? WHERE name = ? AND caughtUpAt IS NULL',
      [this.clock.now(), name],
    )
    if (isFirst) this.logger.log({ listener: name }, 'a new listener has read all events there were')
  }

  private readonly leaseEnd = () => new Date(this.clock.now().getTime() + LEASE_MS)
}
