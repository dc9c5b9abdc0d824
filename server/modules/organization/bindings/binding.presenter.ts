import type { Binding, OwnBinding } from '../../../contracts/organization/binding.js'
import { maskPhone } from '../../../platform/crypto/masking.js'
import type { BindingRow, OwnClaim } from './bindings.queries.js'
import { endedBy } from './bindings.rules.js'

/** A claim as the branch sees it. */
export const presentBinding = (row: BindingRow, more: Pick<Binding, 'can'>): Binding => ({
  id: row.id,
  state: row.state,
  memberId: row.memberId,
  memberName: row.memberName,
  unitName: row.unitName,
  phone: maskPhone(row.phone),
  claimedAt: row.claimedAt.toISOString(),
  decidedAt: row.decidedAt?.toISOString() ?? null,
  reason: row.reason,
  ...more,
})

/** A claim as the person who made it sees it. */
export function presentOwnBinding(claim: OwnClaim): OwnBinding {
  const ending = endedBy(claim, claim.decidedBy)
  return {
    id: claim.id,
    state: claim.state,
    unitName: claim.unitName,
    claimedAt: claim.claimedAt.toISOString(),
    reason: ending === 'branch' ? claim.reason : null,
    endedBy: ending,
  }
}
