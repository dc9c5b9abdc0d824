import type { DuesPolicy, DuesPolicyCan } from '../../../contracts/organization/dues-policy.js'
import { holdsOn } from '../../../platform/periods/periods.rules.js'
import type { DuesPolicyRecord } from './dues-policy.entity.js'

/** What holds today and what is decided for later. */
export function presentDuesPolicy(
  { unitId, unitName }: Pick<DuesPolicy, 'unitId' | 'unitName'>,
  standing: readonly DuesPolicyRecord[],
  today: string,
  can: DuesPolicyCan,
): DuesPolicy {
  const current = standing.find((row) => holdsOn(row, today))
  if (!current) throw new Error(`the unit ${unitId} has no dues policy on ${today}`)
  const content = ({ farmerFen, rounding, fromOn }: DuesPolicyRecord) => ({
    farmerFen,
    rounding,
    fromMonth: fromOn.slice(0, 7),
  })
  return {
    unitId,
    unitName,
    can,
    ...content(current),
    later: standing.filter(({ fromOn }) => fromOn > today).map(content),
  }
}
