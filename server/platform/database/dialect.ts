import { isEmbedded } from './engine.js'

/** The few places where the engines spell the same thing differently. */
export const sql = {
  concat: (...parts: string[]): string =>
    isEmbedded ? `(${parts.join(' || ')})` : `CONCAT(${parts.join(', ')})`,
}

/** `?, ?, ?` */
export const placeholders = (values: readonly unknown[]): string => values.map(() => '?').join(', ')

/** Text for LIKE in which the person's own `%` and `_` mean themselves; use with `ESCAPE '!'`. */
export const likeContaining = (text: string): string => `%${text.replace(/[!%_]/g, '!$&')}%`
