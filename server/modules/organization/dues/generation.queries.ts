import { Injectable } from '@nestjs/common'
import { withinScope, type Scope } from '../../../platform/access/scope.js'
import { Database } from '../../../platform/database/database.js'
import { sql } from '../../../platform/database/dialect.js'
import type { MemberCondition } from '../members/index.js'
import { OWED, owedIn } from './owed-bills.sql.js'

/** Members who owe dues for the month but get no bill because their assessment is missing. */
export const membersUnassessedIn = (month: string): MemberCondition => ({
  sql: `m.id IN (SELECT m.id ${owedIn(month).sql} AND b.id IS NULL AND ${OWED.amountFen} IS NULL)`,
  parameters: owedIn(month).parameters,
})

export interface GenerationCounts {
  memberCount: number
  billedCount: number
  missingAssessmentCount: number
  newCount: number
  newFen: number
}

/** Members whose id lies in `(after, upTo]`. */
export interface MemberRange {
  after: string
  upTo: string
}

@Injectable()
export class GenerationQueries {
  constructor(private readonly database: Database) {}

  /** What a generation of the month would make now, for all members or for a range of ids. */
  count(scope: Scope, month: string, range?: MemberRange): Promise<GenerationCounts> {
    const within = withinScope(scope, 'n')
    const owed = owedIn(month)
    const inRange = range ? ' AND m.id > ? AND m.id <= ?' : ''
    const isNew = `b.id IS NULL AND ${OWED.amountFen} > 0`
    return this.database.queryOne<GenerationCounts>(
      `SELECT COUNT(*) AS memberCount,
              COALESCE(SUM(CASE WHEN b.id IS NOT NULL THEN 1 ELSE 0 END), 0) AS billedCount,
              COALESCE(SUM(CASE WHEN b.id IS NULL AND ${OWED.amountFen} IS NULL THEN 1 ELSE 0 END), 0) AS missingAssessmentCount,
              COALESCE(SUM(CASE WHEN ${isNew} THEN 1 ELSE 0 END), 0) AS newCount,
              COALESCE(SUM(CASE WHEN ${isNew} THEN ${OWED.amountFen} ELSE 0 END), 0) AS newFen
       ${owed.sql} AND ${within.sql}${inRange}`,
      [...owed.parameters, ...within.parameters, ...(range ? [range.after, range.upTo] : [])],
    )
  }

  /**
   * Makes the bills that are still missing for the members of a range, in one statement.
   * @returns how many were made
   */
  insertRange(scope: Scope, month: string, { after, upTo }: MemberRange, at: Date): Promise<number> {
    const owed = owedIn(month)
    const within = withinScope(scope, 'n')
    return this.database.execute(
      `INSERT INTO dues_bill
         (id, memberId, unitId, month, duesClass, baseFen, rateBasisPoints, rounding, amountFen, state, createdAt)
       SELECT ${sql.concat('m.id', '?')}, m.id, ${OWED.unitId}, ?, ${OWED.duesClass}, ${OWED.baseFen},
              ${OWED.rateBasisPoints}, ${OWED.rounding}, ${OWED.amountFen}, 'unpaid', ?
       ${owed.sql} AND ${within.sql} AND m.id > ? AND m.id <= ? AND b.id IS NULL AND ${OWED.amountFen} > 0`,
      [month.replace('-', ''), month, at, ...owed.parameters, ...within.parameters, after, upTo],
    )
  }

  /** Id of the last member of the next range of `size`, or undefined when there are no more. */
  async rangeEnd(after: string, size: number): Promise<string | undefined> {
    const [full] = await this.database.query<{ id: string }>(
      `SELECT id FROM member WHERE id > ? ORDER BY id LIMIT 1 OFFSET ${size - 1}`,
      [after],
    )
    if (full) return full.id
    const last = await this.database.queryOne<{ id: string | null }>(
      'SELECT MAX(id) AS id FROM member WHERE id > ?',
      [after],
    )
    return last.id ?? undefined
  }

  /** Adds to what a generation has made so far; call it in the transaction that makes it. */
  async addMade(generationId: string, count: number, fen: number): Promise<void> {
    await this.database.execute(
      'UPDATE dues_generation SET createdCount = createdCount + ?, createdFen = createdFen + ? WHERE id = ?',
      [count, fen, generationId],
    )
  }
}
