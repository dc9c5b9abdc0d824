import { Column, type ColumnOptions } from 'typeorm'
import { column, PrimaryKey } from '../database/columns.js'

/** How a period came into the table. `migration`: worked out from what was stored before periods were kept. */
export const PERIOD_ORIGINS = ['recorded', 'import', 'migration'] as const
export type PeriodOrigin = (typeof PERIOD_ORIGINS)[number]

/** Added to the first tables by later migrations; one that creates a table names these beside `periodColumns`. */
export const withdrawnReasonColumn: Record<string, ColumnOptions> = {
  withdrawnReason: column.text(200, { nullable: true }),
}
export const recordedByNameColumn: Record<string, ColumnOptions> = {
  recordedByName: column.text(100, { nullable: true }),
}

/** The same columns for the migration that creates such a table; its own columns come between. */
export const periodColumns = (own: Record<string, ColumnOptions>): Record<string, ColumnOptions> => ({
  id: column.id(),
  ...own,
  fromOn: column.day(),
  untilOn: column.day({ nullable: true }),
  document: column.text(200, { nullable: true }),
  reason: column.text(200, { nullable: true }),
  origin: column.code(10),
  recordedBy: column.id({ nullable: true }),
  recordedAt: column.instant(),
  withdrawnAt: column.instant({ nullable: true }),
  withdrawnBy: column.id({ nullable: true }),
  openKey: column.text(90, { nullable: true }),
})

/**
 * The columns of every table of dated facts: what held from a day until a day, who wrote it and on what ground. A table
 * extends this class with its subject, its value and a unique index on `openKey`. Rows are never changed except to be withdrawn; a correction
 * withdraws and adds, so the table also answers what was known at an instant.
 */
export abstract class PeriodRecord {
  @PrimaryKey(column.id())
  id: string

  /** First day on which it holds, `YYYY-MM-DD`. */
  @Column(column.day())
  fromOn: string

  /** First day on which it no longer holds; null while no end is known. */
  @Column(column.day({ nullable: true }))
  untilOn: string | null

  /** The document it rests on, as it was typed. */
  @Column(column.text(200, { nullable: true }))
  document: string | null

  /** Why it was recorded, as it was typed. */
  @Column(column.text(200, { nullable: true }))
  reason: string | null

  @Column(column.code(10))
  origin: PeriodOrigin

  /** Account that recorded it; null for the clock and the operator. */
  @Column(column.id({ nullable: true }))
  recordedBy: string | null

  /** Name of that person with post or office as it was then; null for the clock and for rows from before it was kept. */
  @Column(column.text(100, { nullable: true }))
  recordedByName: string | null

  @Column(column.instant())
  recordedAt: Date

  @Column(column.instant({ nullable: true }))
  withdrawnAt: Date | null

  @Column(column.id({ nullable: true }))
  withdrawnBy: string | null

  /** Why it was taken back, as it was typed; null where a correction took its place. */
  @Column(column.text(200, { nullable: true }))
  withdrawnReason: string | null

  /** Its subject while it is open and not withdrawn, else null. Unique in each table: a subject has one open period. */
  @Column(column.text(90, { nullable: true }))
  openKey: string | null
}
