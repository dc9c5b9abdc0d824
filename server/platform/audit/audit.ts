import { Injectable } from '@nestjs/common'
import { Clock } from '../config/clock.js'
import { Database } from '../database/database.js'
import { placeholders } from '../database/dialect.js'
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

  record(name: string, happening: Happening): Promise<void> {
    return this.recordMany(name, [happening])
  }

  /** The same to several subjects at once, as one statement: for commands that work on some hundred at a time. */
  async recordMany(name: string, happenings: Happening[]): Promise<void> {
    if (happenings.length === 0) return
    const at = this.clock.now()
    const events = happenings.map((happening) => ({ id: newId(), name, at, data: {}, ...happening }))
    const deliveries = events.flatMap(({ id: eventId }) =>
      this.listeners.namesFor(name).map((listener) => ({
        id: newId(),
        eventId,
        listener,
        attempts: 0,
        nextAttemptAt: at,
        doneAt: null,
      })),
    )
    // With its deliveries or not at all; joins the transaction of the command when there is one.
    await this.database.transaction(async () => {
      await this.insert(events)
      if (deliveries.length > 0) await this.database.repository(EventDelivery).insert(deliveries)
    })
  }

  /** Every command ends here, and an entity manager takes longer to say it than the database to do it. */
  private async insert(events: EventRecord[]): Promise<void> {
    const rows = events.map(({ id, name, actorId, unitId, subjectId, data, at }) => {
      return [id, name, actorId, unitId, subjectId, JSON.stringify(data), at]
    })
    const statement = `INSERT INTO event (id, name, actorId, unitId, subjectId, data, at)
       VALUES ${rows.map((row) => `(${placeholders(row)})`).join(', ')}`
    await this.database.executePrepared(statement, rows.flat())
  }
}
