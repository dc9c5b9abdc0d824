import { isEmbedded } from './engine.js'

/** The few places where the engines spell the same thing differently. */
export const sql = {
  concat: (...parts: string[]): string =>
    isEmbedded ? `(${parts.join(' || ')})` : `CONCAT(${parts.join(', ')})`,
}

/** `?, ?, ?` */
export const placeholders = (values: readonly unknown[]): string => values.map(() => '?').join(', ')

/**
 * The same values, filled up until they are a power of two: a prepared statement is kept for each length of a list, and
 * of these there are few. No values stay none.
 *
 * @param filler the last value when not given: to `IN` a value that is named twice is named once
 */
export function roundedUp<T>(values: readonly T[], filler = values.at(-1)): T[] {
  const length = 2 ** Math.ceil(Math.log2(Math.max(1, values.length)))
  return filler === undefined
    ? [...values]
    : [...values, ...new Array<T>(length - values.length).fill(filler)]
}

/** A value of its own for each of so many ids; takes id, value, id, value … */
export const valueById = (howMany: number): string => `CASE id ${'WHEN ? THEN ? '.repeat(howMany)}END`

/** Text for LIKE in which the person's own `%` and `_` mean themselves; use with `ESCAPE '!'`. */
export const likeContaining = (text: string): string => `%${text.replace(/[!%_]/g, '!$&')}%`
