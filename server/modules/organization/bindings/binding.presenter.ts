import type { Binding } from '../../../contracts/organization/binding.js'
import { maskPhone } from '../../../platform/crypto/masking.js'
import type { BindingRow } from './bindings.queries.js'

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
