import { permissions } from '../../../../server/permissions.js'
import type { Role } from '../../../../server/platform/access/permissions.js'

/*
 * The server's table of permissions, as far as tests of routes read it. Nothing else under test/e2e knows how it is written.
 */

/** Granted roles, and `account` and `member`, which nobody grants. */
export const tableRoles: readonly string[] = ['account', 'member', ...permissions.roles.keys()]

export const tablePermissions: readonly string[] = [...permissions.rules.keys()]

/** Whether it is a role that is granted, and not what everybody or every member holds. */
export const isGranted = (held: string): held is Role => permissions.roles.has(held)

/** Whether the table gives the permission to one of the roles. */
export function holds(held: readonly string[], permission: string): boolean {
  const rule = permissions.rules.get(permission)
  if (!rule) return false
  const holders: readonly string[] = 'roles' in rule ? rule.roles : [rule.heldBy]
  return holders.some((role) => held.includes(role))
}
