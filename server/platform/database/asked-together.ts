import DataLoader from 'dataloader'
import type { Database } from './database.js'

/**
 * A question that many ask at the same moment: those of one turn of the event loop become one statement. Nothing is
 * remembered from one turn to the next. Inside a transaction it is asked there, by itself.
 *
 * @param most keys in one statement; those beyond go into another beside it
 * @param answer the answers in the order of the keys; an error for a key is thrown to whoever asked for that one
 */
export function askedTogether<Key, Answer>(
  database: Database,
  most: number,
  answer: (keys: readonly Key[]) => Promise<Array<Answer | Error>>,
): (key: Key) => Promise<Answer> {
  const asked = new DataLoader<Key, Answer>(answer, {
    cache: false,
    maxBatchSize: most,
    // After all that has arrived by now was read, not after the first of it.
    batchScheduleFn: (ask) => void setImmediate(ask),
  })
  return async (key) => {
    if (!database.isInTransaction()) return asked.load(key)
    const [only] = await answer([key])
    if (only instanceof Error) throw only
    return only as Answer
  }
}
