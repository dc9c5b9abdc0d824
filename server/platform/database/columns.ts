import { PrimaryColumn, type ColumnOptions, type PrimaryColumnOptions, type ValueTransformer } from 'typeorm'
import { isEmbedded } from './engine.js'
import { wholeNumber } from './row-values.js'

/** Codes and ids are compared byte by byte. SQLite's default collation does that already. */
const ascii = isEmbedded ? {} : { charset: 'ascii', collation: 'ascii_bin' }
/**
 * The usual collations treat all characters beyond the basic plane as equal: a search for 𠮷 would find 𬱖, and 赵𬱖
 * would equal 赵𬱟.
 */
const unicode = isEmbedded ? {} : { charset: 'utf8mb4', collation: 'utf8mb4_bin' }

/**
 * Money is integer fen in a bigint. Beyond 2^53 MySQL returns it as text and SQLite corrupts it, so both directions
 * throw RangeError when the value is not a safe integer.
 */
export const fenTransformer: ValueTransformer = {
  to: (value: number | null | undefined) => {
    if (value !== null && value !== undefined && !Number.isSafeInteger(value)) {
      throw new RangeError(`not an amount in whole fen: ${value}`)
    }
    return value
  },
  from: (value: string | number | null) => (value === null ? null : wholeNumber(value)),
}

/** Column definitions shared by entities and migrations, so that the two cannot drift apart. */
export const column = {
  /** A ULID. */
  id: (more: ColumnOptions = {}): ColumnOptions => ({ type: 'varchar', length: 26, ...ascii, ...more }),
  /** A code, key or date of ASCII characters. */
  code: (length: number, more: ColumnOptions = {}): ColumnOptions => ({
    type: 'varchar',
    length,
    ...ascii,
    ...more,
  }),
  /** Text that people read. */
  text: (length: number, more: ColumnOptions = {}): ColumnOptions => ({
    type: 'varchar',
    length,
    ...unicode,
    ...more,
  }),
  /** Text without a bound, such as an encrypted document. */
  longText: (more: ColumnOptions = {}): ColumnOptions => ({
    type: isEmbedded ? 'text' : 'mediumtext',
    ...more,
  }),
  /** `YYYY-MM` */
  month: (more: ColumnOptions = {}): ColumnOptions => column.code(7, more),
  /** `YYYY-MM-DD` */
  day: (more: ColumnOptions = {}): ColumnOptions => column.code(10, more),
  fen: (more: ColumnOptions = {}): ColumnOptions => ({
    type: 'bigint',
    transformer: fenTransformer,
    ...more,
  }),
  int: (more: ColumnOptions = {}): ColumnOptions => ({ type: isEmbedded ? 'integer' : 'int', ...more }),
  flag: (more: ColumnOptions = {}): ColumnOptions => ({ type: 'boolean', ...more }),
  /** An instant in UTC, to the millisecond. */
  instant: (more: ColumnOptions = {}): ColumnOptions => ({ type: 'datetime', precision: 3, ...more }),
  json: (more: ColumnOptions = {}): ColumnOptions => ({ type: 'json', ...more }),
}

/** The primary key of a table, from the same definitions as its other columns. */
export const PrimaryKey = (definition: ColumnOptions): PropertyDecorator =>
  PrimaryColumn(definition as PrimaryColumnOptions)
