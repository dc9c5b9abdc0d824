import type { PageQuery } from '../../contracts/platform/paging.js'
import { Invalid } from './errors.js'

/** Rows on a page when the request gives no limit. */
export const USUAL_LIMIT = 30

export interface Page<T> {
  items: T[]
  next: string | null
}

export const limitOf = (query: PageQuery): number => query.limit ?? USUAL_LIMIT

/** A cursor is the sort key of the last row shown, so pages neither skip nor repeat when rows are added. */
export const encodeCursor = (key: string[]): string => Buffer.from(JSON.stringify(key)).toString('base64url')

/** What a part of a cursor may look like. It goes into the query, and anybody can make a cursor. */
export const cursorPart = {
  /** An id, or an id joined with a month. */
  id: /^[0-9A-Za-z]{26,40}$/,
  /** Text of a row, such as a name. */
  text: /^.{0,200}$/su,
  /** A whole number, such as a row number. */
  whole: /^\d{1,9}$/,
} as const

/** @throws Invalid when the cursor does not have exactly these parts in the form of `encodeCursor` */
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

/** Makes a page of `limit` rows. Read one row more than `limit`: if it is there, a next page exists. */
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
