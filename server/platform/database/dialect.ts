import { isEmbedded } from './engine.js'

/** The few places where the engines spell the same thing differently. */
export const sql = {
  concat: (...parts: string[]): string =>
    isEmbedded ? `(${parts.join(' || ')})` : `CONCAT(${parts.join(', ')})`,
}

/** `?, ?, ?` */
export const placeholders = (values: readonly unknown[]): string => values.map(() => '?').join(', ')

/** A LIKE pattern for values that contain the text. `%` and `_` in the text are escaped; use it with `ESCAPE '!'`. */
export const likeContaining = (text: string): string => `%${text.replace(/[!%_]/g, '!$&')}%`
