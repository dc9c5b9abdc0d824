import { Injectable } from '@nestjs/common'
import { Clock } from '../config/clock.js'
import { Database } from '../database/database.js'
import { placeholders } from '../database/dialect.js'
import { newId } from '../database/ids.js'
import type { EventName, Happening } from './event-map.js'

/** Rows of one statement. */
const ROWS_AT_ONCE = 500

/** Records events. Call it inside the transaction that makes the change. */
@Injectable()
export class Audit {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  record<Name extends EventName>(name: Name, happening: Happening<Name>): Promise<void> {
    return this.recordMany(name, [happening])
  }

  /** Records one event for several subjects in one statement, for commands that change some hundred subjects. */
  async recordMany<Name extends EventName>(name: Name, happenings: Array<Happening<Name>>): Promise<void> {
    if (happenings.length === 0) return
    const at = this.clock.now()
    const rows = happenings.map(({ actorId, unitId, subjectId, data }) => {
      return [newId(), name, actorId, unitId, subjectId, JSON.stringify(data ?? {}), at]
    })
    // Joins the transaction of the command, and is written at its end together with the other events.
    await this.database.transaction(() => {
      this.database.writeAtEnd(rows, this.write)
      return Promise.resolve()
    })
  }

  private readonly write = async (rows: unknown[][]): Promise<void> => {
    for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
      await this.insert(rows.slice(start, start + ROWS_AT_ONCE))
    }
  }

  private async insert(rows: unknown[][]): Promise<void> {
    const statement = `INSERT INTO event (id, name, actorId, unitId, subjectId, data, at)
       VALUES ${rows.map((row) => `(${placeholders(row)})`).join(', ')}`
    // Prepared, because nearly every command ends here.
    await this.database.executePrepared(statement, rows.flat())
  }
}
