import { addMonths } from '../../../platform/config/business-time.js'
import { sql } from '../../../platform/database/dialect.js'
import { asOf } from '../../../platform/periods/as-of.js'
import { firstDay, lastDay } from './decisive-days.rules.js'
import { computedClasses, RELIEF_FEN } from './dues.rules.js'

const IS_COMPUTED = `a.duesClass IN (${computedClasses.map((name) => `'${name}'`).join(', ')})`

/** What a bill says, each from the facts of the month. The amount is null while nobody has assessed what it would be. */
export const OWED = {
  unitId: 'pl.unitId',
  duesClass: 'a.duesClass',
  baseFen: 'a.baseFen',
  rateBasisPoints: 'a.rateBasisPoints',
  rounding: 'COALESCE(a.rounding, p.rounding)',
  amountFen: `CASE WHEN a.duesClass IS NULL OR ${IS_COMPUTED} THEN a.amountFen
                   WHEN a.duesClass = 'farmer' THEN p.farmerFen ELSE ${RELIEF_FEN} END`,
} as const

/**
 * FROM and WHERE of everybody who owes dues for a month: member `m`, the node `n` of the unit to which the dues belong, and the bill `b`
 * if it is made already. The one place where the facts of a month become dues; see `decisive-days.rules.ts`.
 * @param month `YYYY-MM`
 */
export function owedIn(month: string): { sql: string; parameters: string[] } {
  const first = firstDay(month)
  const place = asOf('pl', first)
  const policy = asOf('p', first)
  const assessment = asOf('a', first)
  const standing = asOf('s', lastDay(month))
  return {
    sql: `FROM member m
      JOIN dues_place pl ON pl.memberId = m.id AND ${place.sql}
      JOIN org_node n ON n.id = pl.unitId
      JOIN dues_policy_period p ON p.unitId = pl.unitId AND ${policy.sql}
      LEFT JOIN dues_class_period a ON a.memberId = m.id AND ${assessment.sql}
      LEFT JOIN member_period s ON s.memberId = m.id AND s.kind = 'standing' AND ${standing.sql}
      LEFT JOIN dues_bill b ON b.id = ${sql.concat('m.id', '?')}
      WHERE m.joinedOn < ?
      AND (s.value IS NULL OR s.value = 'normal' OR (s.value = 'transferred-out' AND s.fromOn > ?))`,
    parameters: [
      ...place.parameters,
      ...policy.parameters,
      ...assessment.parameters,
      ...standing.parameters,
      month.replace('-', ''),
      firstDay(addMonths(month, 1)),
      first,
    ],
  }
}
