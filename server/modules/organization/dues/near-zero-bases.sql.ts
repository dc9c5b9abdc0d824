import { asOf } from '../../../platform/periods/as-of.js'
import type { MemberCondition } from '../members/index.js'
import { computedClasses, NEAR_ZERO_BASE_FEN } from './dues.rules.js'

const COMPUTED = computedClasses.map((duesClass) => `'${duesClass}'`).join(', ')

/** A condition on members `m`: they pay by a base of zero or hardly more on the day. @param day `YYYY-MM-DD` */
export const membersWithNearZeroBase = (day: string): MemberCondition => {
  const held = asOf('z', day)
  return {
    sql: `m.id IN (SELECT z.memberId FROM dues_class_period z
          WHERE z.duesClass IN (${COMPUTED}) AND z.baseFen < ? AND ${held.sql})`,
    parameters: [NEAR_ZERO_BASE_FEN, ...held.parameters],
  }
}
