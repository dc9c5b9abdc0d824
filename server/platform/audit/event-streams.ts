import { Injectable } from '@nestjs/common'
import { Database } from '../database/database.js'
import { isDuplicate } from '../database/errors.js'
import { EventStream } from './event-stream.entity.js'

const NUMBERED_AT_ONCE = 200

/**
 * Numbers the events of a name in the order in which they were committed. An id is made before the commit, so a reader
 * who remembered the last id would miss the event of a transaction that was open meanwhile. A number is given to what
 * is committed, and the next numbers are given when these are committed: whoever has read up to a number has missed
 * nothing below it.
 */
@Injectable()
export class EventStreams {
  constructor(private readonly database: Database) {}

  /** Gives numbers to some events that have none. */
  async number(name: string): Promise<void> {
    if ((await this.unnumbered(name, 1)).length === 0) return
    await this.open(name)
    await this.database.transaction(async () => {
      // Locks the row: one process at a time, until its numbers are committed.
      await this.database.execute('UPDATE event_stream SET lastSequence = lastSequence WHERE name = ?', [
        name,
      ])
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
