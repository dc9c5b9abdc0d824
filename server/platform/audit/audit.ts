import { Injectable } from '@nestjs/common'
import { Clock } from '../config/clock.js'
import { Database } from '../database/database.js'
import { newId } from '../database/ids.js'
import { EventDelivery } from './event-delivery.entity.js'
import { EventRecord } from './event.entity.js'
import { Listeners } from './listeners.js'

export interface Happening {
  /** Account id of who acted; null for the clock and for WeChat. */
  actorId: string | null
  unitId: string | null
  subjectId: string
  /** Ids, amounts and codes. Never a name, number or text that a person typed. */
  data?: Record<string, string | number | boolean | null>
}

/** The one record of what happened. Call it inside the transaction that makes it happen. */
@Injectable()
export class Audit {
  constructor(
    private readonly database: Database,
    private readonly listeners: Listeners,
    private readonly clock: Clock,
  ) {}

  async record(name: string, happening: Happening): Promise<void> {
    const at = this.clock.now()
    const eventId = newId()
    await this.database.repository(EventRecord).insert({ id: eventId, name, at, data: {}, ...happening })
    const deliveries = this.listeners
      .namesFor(name)
      .map((listener) => ({ id: newId(), eventId, listener, attempts: 0, nextAttemptAt: at, doneAt: null }))
    if (deliveries.length > 0) await this.database.repository(EventDelivery).insert(deliveries)
  }
}
