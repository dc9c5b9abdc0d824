import { Injectable, Logger, type OnModuleInit } from '@nestjs/common'
import { Clock } from '../config/clock.js'
import { Database } from '../database/database.js'
import { placeholders } from '../database/dialect.js'
import { Metrics } from '../http/metrics.js'
import { Scheduler } from '../jobs/scheduler.js'
import { EventDelivery } from './event-delivery.entity.js'
import { EventRecord } from './event.entity.js'
import { Listeners } from './listeners.js'

/** A process that dies while handling an event loses it to others after this time. */
const LEASE_MS = 60_000
const LONGEST_WAIT_MS = 3600_000
const BATCH = 100
/** After so many attempts an event is still tried now and then, but no longer counts as being on its way. */
const GIVES_UP_AFTER = 10
/** What happened reaches its listeners within about a second. */
const INTERVAL_MS = 500

/** Brings committed events to their listeners, at least once each, also after a crash and with several processes. */
@Injectable()
export class OutboxRelay implements OnModuleInit {
  private readonly logger = new Logger(OutboxRelay.name)

  constructor(
    private readonly database: Database,
    private readonly listeners: Listeners,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
    private readonly scheduler: Scheduler,
  ) {}

  onModuleInit(): void {
    this.metrics.watch(
      'zhibu_relay_lag_seconds',
      'Age of the oldest committed event that waits for a listener',
      () => this.lagSeconds(),
    )
    this.scheduler.everywhere(INTERVAL_MS, 'audit.relay', async () => {
      while ((await this.drain()) === BATCH) {
        // a full batch: there is more
      }
    })
  }

  /** Handles what is due. @returns how many deliveries were tried */
  async drain(): Promise<number> {
    // A listener that only a newer version has is left to it.
    const listeners = this.listeners.names()
    if (listeners.length === 0) return 0
    const due = await this.database.query<{
      id: string
      eventId: string
      listener: string
      attempts: number
    }>(
      `SELECT id, eventId, listener, attempts FROM event_delivery
       WHERE doneAt IS NULL AND nextAttemptAt <= ? AND listener IN (${placeholders(listeners)})
       ORDER BY nextAttemptAt, id LIMIT ${BATCH}`,
      [this.clock.now(), ...listeners],
    )
    for (const delivery of due) await this.deliver(delivery)
    return due.length
  }

  /** Seconds the oldest unhandled event has been waiting; 0 when there is none. */
  async lagSeconds(): Promise<number> {
    const { at } = await this.database.queryOne<{ at: Date | null }>(
      `SELECT MIN(e.at) AS at FROM event_delivery d JOIN event e ON e.id = d.eventId WHERE d.doneAt IS NULL AND d.attempts < ${GIVES_UP_AFTER}`,
    )
    const lag = at ? (this.clock.now().getTime() - at.getTime()) / 1000 : 0
    return Math.max(0, lag)
  }

  private async deliver(delivery: {
    id: string
    eventId: string
    listener: string
    attempts: number
  }): Promise<void> {
    const now = this.clock.now()
    const claimed = await this.database.compareAndSet(
      `UPDATE event_delivery SET nextAttemptAt = ?, attempts = attempts + 1
       WHERE id = ? AND doneAt IS NULL AND attempts = ?`,
      [new Date(now.getTime() + LEASE_MS), delivery.id, delivery.attempts],
    )
    if (!claimed) return
    try {
      const handle = this.listeners.handler(delivery.listener)
      const event = await this.database.repository(EventRecord).findOneBy({ id: delivery.eventId })
      if (handle && event) await handle(event)
      await this.database.repository(EventDelivery).update(delivery.id, { doneAt: this.clock.now() })
    } catch (error) {
      const wait = Math.min(1000 * 2 ** delivery.attempts, LONGEST_WAIT_MS)
      await this.database
        .repository(EventDelivery)
        .update(delivery.id, { nextAttemptAt: new Date(this.clock.now().getTime() + wait) })
      this.logger.warn({ listener: delivery.listener, eventId: delivery.eventId, error }, 'listener failed')
    }
  }
}
