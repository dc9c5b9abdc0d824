import { isEmbedded } from './engine.js'

/** The few places where the engines spell the same thing differently. */
export const sql = {
  concat: (...parts: string[]): string =>
    isEmbedded ? `(${parts.join(' || ')})` : `CONCAT(${parts.join(', ')})`,
}

/** `?, ?, ?` */
export const placeholders = (values: readonly unknown[]): string => values.map(() => '?').join(', ')

/** A value of its own for each of so many ids; takes id, value, id, value … */
export const valueById = (howMany: number): string => `CASE id ${'WHEN ? THEN ? '.repeat(howMany)}END`

/** Text for LIKE in which the person's own `%` and `_` mean themselves; use with `ESCAPE '!'`. */
export const likeContaining = (text: string): string => `%${text.replace(/[!%_]/g, '!$&')}%`
