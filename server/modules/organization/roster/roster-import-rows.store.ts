import { setImmediate } from 'node:timers/promises'
import { Injectable } from '@nestjs/common'
import { In } from 'typeorm'
import type { ImportRowKind } from '../../../contracts/organization/roster-import.js'
import { Database } from '../../../platform/database/database.js'
import { deleteInBatches } from '../../../platform/database/delete-in-batches.js'
import { RosterImportRow } from './roster-import-row.entity.js'
import { TO_WRITE } from './to-write.rules.js'

export const ROWS_AT_ONCE = 200

/** Rows of imports, written two hundred at a time so that other requests are answered in between. */
@Injectable()
export class RosterImportRowStore {
  constructor(private readonly database: Database) {}

  async insert(rows: readonly RosterImportRow[]): Promise<void> {
    for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
      await this.database.repository(RosterImportRow).insert(rows.slice(start, start + ROWS_AT_ONCE))
      await setImmediate()
    }
  }

  /** Stores rows that were read and changed, inside the caller's transaction. */
  async replace(rows: readonly RosterImportRow[]): Promise<void> {
    if (rows.length === 0) return
    // Each row has a document of its own, so an UPDATE would need one statement for each row.
    await this.database.repository(RosterImportRow).delete({ id: In(rows.map(({ id }) => id)) })
    await this.insert(rows)
  }

  /** Rows of these kinds that were not written, by number after a given one. */
  unwritten(importId: string, kinds: ImportRowKind[], after = 0): Promise<RosterImportRow[]> {
    return this.from(importId, after)
      .andWhere('r.kind IN (:...kinds) AND r.writtenAt IS NULL', { kinds })
      .getMany()
  }

  /** Rows that still have to be written, in order, by number after a given one. */
  toWrite(importId: string, after: number): Promise<RosterImportRow[]> {
    return this.from(importId, after).andWhere('r.writtenAt IS NULL').andWhere(TO_WRITE).getMany()
  }

  /** Rows that wait for one of these units, by number after a given one. */
  waitingFor(importId: string, unitNames: string[], after: number): Promise<RosterImportRow[]> {
    return this.from(importId, after)
      .andWhere(`r.kind = 'unit-unknown' AND r.unitName IN (:...unitNames)`, { unitNames })
      .getMany()
  }

  /** The number of the last row; 0 when there is none. */
  async lastNumber(importId: string): Promise<number> {
    const { last } = await this.database.queryOne<{ last: number | null }>(
      'SELECT MAX(rowNumber) AS last FROM roster_import_row WHERE importId = ?',
      [importId],
    )
    return last ?? 0
  }

  async count(importId: string): Promise<number> {
    return this.database.repository(RosterImportRow).countBy({ importId })
  }

  /** Runs outside any transaction; may be repeated after an interruption. */
  deleteAll(importId: string): Promise<void> {
    return deleteInBatches(this.database, RosterImportRow, { importId })
  }

  private from(importId: string, after: number) {
    return this.database
      .repository(RosterImportRow)
      .createQueryBuilder('r')
      .where('r.importId = :importId AND r.rowNumber > :after', { importId, after })
      .orderBy('r.rowNumber')
      .take(ROWS_AT_ONCE)
  }
}
