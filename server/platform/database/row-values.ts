/** How the raw values of one column of an answer become values; null stays null. */
export interface ColumnReader {
  name: string
  read: (raw: unknown) => unknown
}

/**
 * Makes values of what an engine answered: instants are Dates, amounts and counts are safe integers, flags are
 * booleans. In place: a copy of each row would cost more than all that is done with it.
 */
export function readRows<Row>(rows: Array<Record<string, unknown>>, readers: readonly ColumnReader[]): Row[] {
  for (const { name, read } of readers) {
    for (const row of rows) if (row[name] !== null) row[name] = read(row[name])
  }
  return rows as Row[]
}

/** @throws RangeError when it is no safe integer: a fraction, or beyond 2^53, where engines answer with text or round */
export function wholeNumber(raw: unknown): number {
  const number = Number(raw)
  if (!Number.isSafeInteger(number)) throw new RangeError(`not a safe integer: ${String(raw)}`)
  return number
}

export const flag = (raw: unknown): boolean => Number(raw) !== 0
