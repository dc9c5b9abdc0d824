import { setImmediate } from 'node:timers/promises'
import { In, type EntityTarget, type FindOptionsWhere, type ObjectLiteral } from 'typeorm'
import type { Database } from './database.js'

/** Small enough that no statement holds locks for long. */
const ROWS_AT_ONCE = 500

/**
 * Deletes the rows of a table that meet a condition, 500 at a time. Each batch is committed by itself, so that other
 * transactions can run in between. After an interruption it can be called again.
 * @param most how many rows are deleted, rounded up to whole batches; the next call deletes the rest
 * @throws inside a transaction, because it would keep all locks until its end
 */
export async function deleteInBatches<T extends ObjectLiteral>(
  database: Database,
  entity: EntityTarget<T>,
  where: FindOptionsWhere<T>,
  most = Infinity,
): Promise<void> {
  if (database.isInTransaction()) throw new Error('rows are deleted in batches outside a transaction only')
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
    // The condition is checked again, so a row that was changed in the meantime is kept.
    if (ids.length > 0) await rows.delete({ ...where, [key]: In(ids) })
    if (ids.length < ROWS_AT_ONCE) return
    await setImmediate()
  }
}
