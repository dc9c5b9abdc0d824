import type { PageQuery } from '../../contracts/platform/paging.js'
import { Invalid } from './errors.js'

/** Rows on a page when the caller names no number. */
export const USUAL_LIMIT = 30

export interface Page<T> {
  items: T[]
  next: string | null
}

export const limitOf = (query: PageQuery): number => query.limit ?? USUAL_LIMIT

/** A cursor is the sort key of the last row shown, so pages neither skip nor repeat when rows are added. */
export const encodeCursor = (key: string[]): string => Buffer.from(JSON.stringify(key)).toString('base64url')

/** What a part of a cursor may look like: it goes into the query, and a cursor can be made by anybody. */
export const cursorPart = {
  /** An id, or a longer one that is made of an id and a month. */
  id: /^[0-9A-Za-z]{26,40}$/,
  /** Text of a row, such as a name. */
  text: /^.{0,200}$/su,
  /** A whole number, such as that of a row. */
  whole: /^\d{1,9}$/,
} as const

/** @throws Invalid when the cursor was not made by `encodeCursor` of such parts */
export function decodeCursor(cursor: string | undefined, parts: readonly RegExp[]): string[] | undefined {
  if (cursor === undefined || cursor === '') return undefined
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    if (isKey(key, parts)) return key
  } catch {
    // falls through to the refusal
  }
  throw new Invalid('request.cursor', '列表的位置已失效，请从头刷新。', [
    { field: 'cursor', message: '不是有效的位置' },
  ])
}

const isKey = (key: unknown, parts: readonly RegExp[]): key is string[] =>
  Array.isArray(key) &&
  key.length === parts.length &&
  parts.every((pattern, index) => typeof key[index] === 'string' && pattern.test(key[index]))

/** Cuts a page from rows that were read with one more than `limit`. */
export function pageOf<Row, T>(
  rows: Row[],
  limit: number,
  keyOf: (row: Row) => string[],
  present: (row: Row) => T,
): Page<T> {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: shown.map(present),
    next: rows.length > limit && last !== undefined ? encodeCursor(keyOf(last)) : null,
  }
}
