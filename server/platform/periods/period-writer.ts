import { Injectable } from '@nestjs/common'
import type { EntityTarget, FindOptionsWhere } from 'typeorm'
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js'
import { Clock } from '../config/clock.js'
import { Database } from '../database/database.js'
import { placeholders } from '../database/dialect.js'
import { newId } from '../database/ids.js'
import type { PeriodOrigin, PeriodRecord } from './period-record.js'
import { holdsThroughout, isEmpty, naturalEnd, outside, overlap, type Days } from './periods.rules.js'

/** A table of periods: what its rows are about, and what they say. */
export interface PeriodTable<Row extends PeriodRecord> {
  entity: EntityTarget<Row>
  /** The columns that name the subject, such as a member and a kind of fact. */
  subjectOf(row: Row): FindOptionsWhere<Row>
  /** The subject as one text, at most 90 characters. */
  keyOf(row: Row): string
  /** Whether two periods of a subject say the same. */
  saysTheSame(one: Row, other: Row): boolean
}

/** Who says so, and on what ground. */
export interface Evidence {
  /** Account; null for the clock and the operator. */
  recordedBy: string | null
  /** Their name with post or office, as it is shown later. */
  recordedByName?: string | null
  origin: PeriodOrigin
  document?: string | null
  reason?: string | null
}

/** What a recording changed. */
export interface Recorded<Row> {
  added: Row
  withdrawn: Row[]
}

/**
 * The one writer of all tables of dated facts. The caller holds the lock of the subject, inside a transaction: then two
 * periods of a subject never overlap. The unique open key guards that against a caller that forgets the lock.
 */
@Injectable()
export class PeriodWriter {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** The columns that all periods have, for a row that is to be recorded. */
  draft(days: Days, { recordedBy, recordedByName, origin, document, reason }: Evidence): PeriodRecord {
    return {
      id: newId(),
      ...days,
      document: document ?? null,
      reason: reason ?? null,
      origin,
      recordedBy,
      recordedByName: recordedByName ?? null,
      recordedAt: this.clock.now(),
      withdrawnAt: null,
      withdrawnBy: null,
      withdrawnReason: null,
      openKey: null,
    }
  }

  /**
   * Lets a row hold in its days: what was recorded for these days is withdrawn, and added again for the days around.
   * @returns null when the same held already, on all these days
   * @throws RangeError for a period without a day
   */
  async record<Row extends PeriodRecord>(table: PeriodTable<Row>, row: Row): Promise<Recorded<Row> | null> {
    const [recorded] = await this.recordMany(table, [row])
    return recorded ?? null
  }

  /** The same for one row of each of several subjects, at most some hundred. @returns what was not so already */
  async recordMany<Row extends PeriodRecord>(
    table: PeriodTable<Row>,
    rows: readonly Row[],
  ): Promise<Array<Recorded<Row>>> {
    const empty = rows.find(isEmpty)
    if (empty) throw new RangeError(`no day from ${empty.fromOn} until ${empty.untilOn}`)
    const standing = await this.standing(table, rows)
    const recorded = rows.flatMap((row): Array<Recorded<Row>> => {
      const own = standing.filter((other) => table.keyOf(other) === table.keyOf(row))
      const touched = own.filter((other) => overlap(other, row))
      const same = touched.filter((other) => table.saysTheSame(other, row))
      return holdsThroughout(same, row) ? [] : [{ added: row, withdrawn: touched }]
    })
    await this.withdraw(
      table,
      recorded.flatMap(({ withdrawn }) => withdrawn),
      rows[0]?.recordedBy ?? null,
    )
    const around = recorded.flatMap(({ added, withdrawn }) =>
      withdrawn.flatMap((other) =>
        outside(other, added).map((days) => ({
          ...other,
          ...days,
          id: newId(),
          recordedAt: added.recordedAt,
        })),
      ),
    )
    await this.insert(table, [...around, ...recorded.map(({ added }) => added)])
    return recorded
  }

  /** The end of a new period for which nobody names one: the start of the next recorded one, null without any. */
  async naturalEnd<Row extends PeriodRecord>(table: PeriodTable<Row>, row: Row): Promise<string | null> {
    return naturalEnd(await this.standing(table, [row]), row.fromOn)
  }

  /** Writes the first periods of subjects that have none, such as new members. */
  async insert<Row extends PeriodRecord>(table: PeriodTable<Row>, rows: readonly Row[]): Promise<void> {
    if (rows.length === 0) return
    const keyed = rows.map((row) => ({ ...row, openKey: row.untilOn === null ? table.keyOf(row) : null }))
    await this.database.repository(table.entity).insert(keyed as Array<QueryDeepPartialEntity<Row>>)
  }

  /** Takes periods back without putting anything in their place. */
  async withdraw<Row extends PeriodRecord>(
    { entity }: PeriodTable<Row>,
    rows: readonly Row[],
    withdrawnBy: string | null,
    reason: string | null = null,
  ): Promise<void> {
    if (rows.length === 0) return
    const ids = rows.map(({ id }) => id)
    const { tableName } = this.database.repository(entity).metadata
    await this.database.execute(
      `UPDATE ${tableName} SET withdrawnAt = ?, withdrawnBy = ?, withdrawnReason = ?, openKey = NULL
       WHERE withdrawnAt IS NULL AND id IN (${placeholders(ids)})`,
      [this.clock.now(), withdrawnBy, reason, ...ids],
    )
  }

  /** The periods of the rows' subjects that are not withdrawn, earliest first. */
  standing<Row extends PeriodRecord>(table: PeriodTable<Row>, rows: readonly Row[]): Promise<Row[]> {
    if (rows.length === 0) return Promise.resolve([])
    return this.database
      .repository(table.entity)
      .createQueryBuilder('period')
      .where(rows.map((row) => table.subjectOf(row)))
      .andWhere('period.withdrawnAt IS NULL')
      .orderBy('period.fromOn')
      .getMany()
  }
}
