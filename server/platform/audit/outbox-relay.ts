import { Injectable, Logger, type OnModuleInit } from '@nestjs/common'
import { Clock } from '../config/clock.js'
import { Database } from '../database/database.js'
import { Metrics } from '../http/metrics.js'
import { Scheduler } from '../jobs/scheduler.js'
import type { EventRecord } from './event.entity.js'
import { EventRetries } from './event-retries.js'
import { EventStreams } from './event-streams.js'
import { ListenerProgress, type Lease } from './listener-progress.js'
import { Listeners, type Listener } from './listeners.js'

const EVENTS_AT_ONCE = 100
/** Events reach their listeners within about a second. */
const INTERVAL_MS = 500

/**
 * Delivers committed events to their listeners, each at least once, also after a crash and with several processes. No
 * listener waits for another.
 */
@Injectable()
export class OutboxRelay implements OnModuleInit {
  private readonly logger = new Logger(OutboxRelay.name)

  constructor(
    private readonly database: Database,
    private readonly listeners: Listeners,
    private readonly streams: EventStreams,
    private readonly progress: ListenerProgress,
    private readonly retries: EventRetries,
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
    for (const listener of this.listeners.all()) {
      this.scheduler.everywhere(INTERVAL_MS, `audit.relay ${listener.name}`, async () => {
        while ((await this.deliver(listener)) >= EVENTS_AT_ONCE) {
          // a full batch: there may be more
        }
      })
    }
  }

  /** Delivers the next events to every listener. @returns how many events listeners got */
  async drain(): Promise<number> {
    const given = await Promise.all(this.listeners.all().map((listener) => this.deliver(listener)))
    return given.reduce((sum, count) => sum + count, 0)
  }

  /** Seconds that the oldest unhandled event has been waiting; 0 when there is none. */
  async lagSeconds(): Promise<number> {
    const listeners = this.listeners.all()
    if (listeners.length === 0) return 0
    const oldest = await Promise.all([
      ...listeners.map((listener) => this.progress.oldestUnread(listener)),
      this.retries.oldest(listeners.map(({ name }) => name)),
    ])
    const now = this.clock.now().getTime()
    return Math.max(0, ...oldest.map((at) => (at ? (now - at.getTime()) / 1000 : 0)))
  }

  /** @returns how many events the listener got */
  private async deliver(listener: Listener): Promise<number> {
    await this.streams.number(listener.eventName)
    const hasUnread = await this.progress.hasUnread(listener)
    const hasDue = (await this.retries.due(listener.name, 1)).length > 0
    if (!hasUnread && !hasDue) return 0
    const lease = await this.progress.claim(listener)
    if (!lease) return 0
    try {
      return (await this.bringAgain(lease)) + (await this.bringNext(lease))
    } finally {
      await this.progress.release(lease)
    }
  }

  private async bringAgain(lease: Lease): Promise<number> {
    const { name } = lease.listener
    const events = await this.retries.due(name, EVENTS_AT_ONCE)
    const failed = await this.give(events, lease)
    await this.retries.settle(name, events, failed)
    return events.length
  }

  private async bringNext(lease: Lease): Promise<number> {
    const { listener } = lease
    const events = await this.progress.next(listener, EVENTS_AT_ONCE)
    const position = events.at(-1)?.sequence
    if (typeof position !== 'number') return 0
    const failed = await this.give(events, lease)
    await this.database.transaction(async () => {
      if (await this.progress.moveTo(position, lease)) await this.retries.keep(listener.name, failed)
    })
    return events.length
  }

  /**
   * Gives all events in one call. When that fails, gives them one by one, so that one bad event does not hold up the
   * others.
   * @returns the events that failed
   */
  private async give(events: EventRecord[], lease: Lease): Promise<EventRecord[]> {
    if (events.length === 0) return []
    await this.progress.renew(lease)
    if (await this.handles(events, lease)) return []
    if (events.length === 1) return events
    const failed: EventRecord[] = []
    for (const event of events) {
      await this.progress.renew(lease)
      if (!(await this.handles([event], lease))) failed.push(event)
    }
    return failed
  }

  private async handles(events: EventRecord[], { listener }: Lease): Promise<boolean> {
    try {
      await listener.handle(events)
      return true
    } catch (error) {
      const [first] = events
      this.logger.warn(
        { listener: listener.name, eventId: first?.id, events: events.length, error },
        'listener failed',
      )
      return false
    }
  }
}
