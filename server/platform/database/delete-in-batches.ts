import { setImmediate } from 'node:timers/promises'
import { In, type EntityTarget, type FindOptionsWhere, type ObjectLiteral } from 'typeorm'
import type { Database } from './database.js'

/** Small enough that no statement holds locks for long. */
const ROWS_AT_ONCE = 500

/**
 * Deletes the rows of a table that meet a condition, some hundred at a time, each time for good, so that others get
 * their turn. Call it outside any transaction, which would hold them all until its end; broken off it may be done again.
 * @param most about so many rows; the rest is left for the next time
 */
export async function deleteInBatches<T extends ObjectLiteral>(
  database: Database,
  entity: EntityTarget<T>,
  where: FindOptionsWhere<T>,
  most = Infinity,
): Promise<void> {
  const rows = database.repository(entity)
  const [key = 'id'] = rows.metadata.primaryColumns.map(({ propertyName }) => propertyName)
  for (let done = 0; done < most; done += ROWS_AT_ONCE) {
    const found = await rows
      .createQueryBuilder('row')
      .select(`row.${key}`)
      .where(where)
      .take(ROWS_AT_ONCE)
      .getMany()
    const ids = found.map((row) => row[key] as string)
    // Asked again: a row that was changed in the meantime stays.
    if (ids.length > 0) await rows.delete({ ...where, [key]: In(ids) })
    if (ids.length < ROWS_AT_ONCE) return
    await setImmediate()
  }
}
