import { mayInRole, roles, type Permission } from '../../../../server/platform/access/permissions.js'

/*
 * The server's table of permissions, as far as tests of routes read it. Nothing else under test/e2e knows how it is written.
 */

/** Granted roles, and `account` and `member`, which nobody grants. */
export const tableRoles: readonly string[] = roles

const NAMES: Record<Permission, true> = {
  'account.use': true,
  'binding.claim': true,
  'branch.view': true,
  'dues.pay': true,
  'unit.read': true,
  'unit.manage': true,
  'member.read': true,
  'member.disclose': true,
  'binding.decide': true,
  'roster.import': true,
  'dues.read': true,
  'dues.export': true,
  'dues.assess': true,
  'dues.generate': true,
}
export const tablePermissions = Object.keys(NAMES)

/** Whether the table gives the permission to one of the roles. */
export const holds = (held: readonly string[], permission: string): boolean =>
  roles.some((role) => held.includes(role) && mayInRole(role, permission as Permission))
