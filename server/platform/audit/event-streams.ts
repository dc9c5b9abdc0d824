import { Injectable } from '@nestjs/common'
import { Database } from '../database/database.js'
import { isDuplicate } from '../database/errors.js'
import { EventStream } from './event-stream.entity.js'

const NUMBERED_AT_ONCE = 200

/**
 * Numbers the events of a name in the order of their commits. An id is made before the commit, so a reader that
 * remembers the last id would miss an event whose transaction was committed later. A number is given to committed
 * events only, and the next numbers are given only after these are committed. So a reader that has read up to a
 * number has missed nothing below it.
 */
@Injectable()
export class EventStreams {
  constructor(private readonly database: Database) {}

  /** Numbers up to 200 events that have no number. */
  async number(name: string): Promise<void> {
    if ((await this.unnumbered(name, 1)).length === 0) return
    await this.open(name)
    await this.database.transaction(async () => {
      // Holds the row until the numbers are committed, so that one process at a time numbers events.
      await this.database.lock(EventStream, name)
      const stream = await this.database.repository(EventStream).findOneByOrFail({ name })
      let sequence = stream.lastSequence
      for (const { id } of await this.unnumbered(name, NUMBERED_AT_ONCE)) {
        sequence += 1
        await this.database.executePrepared('UPDATE event SET sequence = ? WHERE id = ?', [sequence, id])
      }
      await this.database.repository(EventStream).update({ name }, { lastSequence: sequence })
    })
  }

  private unnumbered(name: string, most: number): Promise<Array<{ id: string }>> {
    return this.database.query<{ id: string }>(
      `SELECT id FROM event WHERE name = ? AND sequence IS NULL ORDER BY id LIMIT ${most}`,
      [name],
    )
  }

  private async open(name: string): Promise<void> {
    if (await this.database.repository(EventStream).existsBy({ name })) return
    try {
      await this.database.repository(EventStream).insert({ name, lastSequence: 0 })
    } catch (error) {
      if (!isDuplicate(error)) throw error
    }
  }
}
