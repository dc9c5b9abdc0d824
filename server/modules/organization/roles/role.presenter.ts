import type { HeldRole, RoleCan } from '../../../contracts/organization/role.js'
import type { Grant } from '../../../platform/access/grant.entity.js'
import { partyRoles } from '../../roles.js'
import { endingInWords } from './role-words.rules.js'

/** Names for a page of roles, by id. */
export interface RoleNames {
  units: ReadonlyMap<string, string>
  members: ReadonlyMap<string, string>
  offices: ReadonlyMap<string, string>
  accounts: ReadonlyMap<string, string>
}

export function presentRole(grant: Grant, names: RoleNames, can: RoleCan): HeldRole {
  const { holderKind, holderId, role } = grant
  const holders = holderKind === 'member' ? names.members : names.offices
  return {
    id: grant.id,
    role: role,
    roleName: partyRoles[role].name,
    unitId: grant.nodeId,
    unitName: names.units.get(grant.nodeId) ?? '',
    memberId: holderKind === 'member' ? holderId : null,
    holderName: holders.get(holderId) ?? '',
    inUse: grant.accountId !== '',
    grantedAt: grant.grantedAt.toISOString(),
    grantedBy: grant.grantedBy === null ? null : (names.accounts.get(grant.grantedBy) ?? null),
    reason: grant.reason,
    document: grant.document,
    postTitle: grant.postTitle,
    lastOn: grant.lastOn,
    endedAt: grant.revokedAt?.toISOString() ?? null,
    endedBecause: grant.revokedAt === null ? null : endingInWords(grant.endedBy, grant.endedReason),
    can,
  }
}
