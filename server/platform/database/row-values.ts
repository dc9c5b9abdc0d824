/** Converts the raw values of one column of a result. Null stays null. */
export interface ColumnReader {
  name: string
  read: (raw: unknown) => unknown
}

/**
 * Converts the values that an engine returned: instants to Dates, amounts and counts to safe integers, flags to
 * booleans. The rows are changed in place, because a copy of each row would cost more than everything else.
 */
export function readRows<Row>(rows: Array<Record<string, unknown>>, readers: readonly ColumnReader[]): Row[] {
  for (const { name, read } of readers) {
    for (const row of rows) if (row[name] !== null) row[name] = read(row[name])
  }
  return rows as Row[]
}

/** @throws RangeError when it is not a safe integer: a fraction, or beyond 2^53, where engines round */
export function wholeNumber(raw: unknown): number {
  const number = Number(raw)
  if (!Number.isSafeInteger(number)) throw new RangeError(`not a safe integer: ${String(raw)}`)
  return number
}

export const flag = (raw: unknown): boolean => Number(raw) !== 0
