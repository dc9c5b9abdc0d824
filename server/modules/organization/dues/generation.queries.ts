import { Injectable } from '@nestjs/common'
import { withinScope, type Scope } from '../../../platform/access/scope.js'
import { addMonths } from '../../../platform/config/business-time.js'
import { Database } from '../../../platform/database/database.js'
import { sql } from '../../../platform/database/dialect.js'
import type { MemberCondition } from '../members/index.js'
import { computedClasses, RELIEF_FEN } from './dues.rules.js'

/** The member's class in that month: what an assessment says, else what the roster says. */
const CLASS = 'COALESCE(a.duesClass, m.duesClass)'
const IS_COMPUTED = `${CLASS} IN (${computedClasses.map((name) => `'${name}'`).join(', ')})`
/** Null while a class that is computed has no assessment. */
const AMOUNT = `CASE WHEN ${IS_COMPUTED} THEN a.amountFen WHEN ${CLASS} = 'farmer' THEN p.farmerFen ELSE ${RELIEF_FEN} END`

/**
 * Members who owe dues for a month, with the assessment in force and the bill if it is made already. A probationary
 * member pays from the month of the branch meeting that accepted them (《规定》：预备党员从支部大会通过其为预备党员之日起交纳),
 * so everybody's first month is that of `joinedOn`.
 */
const OWING = `
  FROM member m
  JOIN org_node n ON n.id = m.unitId
  JOIN dues_policy p ON p.unitId = m.unitId
  LEFT JOIN dues_assessment a
    ON a.memberId = m.id AND a.fromMonth <= ? AND (a.untilMonth IS NULL OR a.untilMonth > ?)
  LEFT JOIN dues_bill b ON b.id = ${sql.concat('m.id', '?')}
  WHERE m.standing = 'normal' AND m.joinedOn < ?`

const owingParameters = (month: string): string[] => [
  month,
  month,
  month.replace('-', ''),
  `${addMonths(month, 1)}-01`,
]

/** Members who owe dues for the month but get no bill because their assessment is missing. */
export const membersUnassessedIn = (month: string): MemberCondition => ({
  sql: `m.id IN (SELECT m.id ${OWING} AND b.id IS NULL AND ${AMOUNT} IS NULL)`,
  parameters: owingParameters(month),
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
    const inRange = range ? ' AND m.id > ? AND m.id <= ?' : ''
    const isNew = `b.id IS NULL AND ${AMOUNT} > 0`
    return this.database.queryOne<GenerationCounts>(
      `SELECT COUNT(*) AS memberCount,
              COALESCE(SUM(CASE WHEN b.id IS NOT NULL THEN 1 ELSE 0 END), 0) AS billedCount,
              COALESCE(SUM(CASE WHEN b.id IS NULL AND ${AMOUNT} IS NULL THEN 1 ELSE 0 END), 0) AS missingAssessmentCount,
              COALESCE(SUM(CASE WHEN ${isNew} THEN 1 ELSE 0 END), 0) AS newCount,
              COALESCE(SUM(CASE WHEN ${isNew} THEN ${AMOUNT} ELSE 0 END), 0) AS newFen
       ${OWING} AND ${within.sql}${inRange}`,
      [...owingParameters(month), ...within.parameters, ...(range ? [range.after, range.upTo] : [])],
    )
  }

  /**
   * Makes the bills that are still missing for the members of a range, in one statement.
   * @returns how many were made
   */
  insertRange(scope: Scope, month: string, { after, upTo }: MemberRange, at: Date): Promise<number> {
    const within = withinScope(scope, 'n')
    return this.database.execute(
      `INSERT INTO dues_bill
         (id, memberId, unitId, month, duesClass, baseFen, rateBasisPoints, rounding, amountFen, state, createdAt)
       SELECT ${sql.concat('m.id', '?')}, m.id, m.unitId, ?, ${CLASS},
              CASE WHEN ${IS_COMPUTED} THEN a.baseFen END,
              CASE WHEN ${IS_COMPUTED} THEN a.rateBasisPoints END,
              CASE WHEN ${IS_COMPUTED} THEN a.rounding ELSE p.rounding END,
              ${AMOUNT}, 'unpaid', ?
       ${OWING} AND ${within.sql} AND m.id > ? AND m.id <= ? AND b.id IS NULL AND ${AMOUNT} > 0`,
      [month.replace('-', ''), month, at, ...owingParameters(month), ...within.parameters, after, upTo],
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
