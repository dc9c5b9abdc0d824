/**
 * Permissions and who holds them. The platform defines no role and hardly any permission: modules bring them as
 * tables, the application composes the tables (`server/permissions.ts`) and passes them to `AccessModule`.
 */

/** A role that can be granted over a unit, in the words people read. */
export interface RoleWords {
  name: string
  describes: string
}

/** A permission for one's own data. Every signed-in account holds it, or every account with a confirmed membership. */
export interface OwnPermissionRule {
  allows: string
  heldBy: 'account' | 'member'
}

/** A permission over a unit and everything below it. An account holds it that was granted one of the roles there. */
export interface UnitPermissionRule {
  allows: string
  roles: readonly Role[]
}

/** What a module declares: each permission, what it allows in the words people read, and who holds it. */
export type PermissionRules = Record<string, OwnPermissionRule | UnitPermissionRule>

/**
 * All tables of permissions. A module adds its own by declaration merging, as `auth.permissions.ts` does. So the
 * types below list exactly these names, and the compiler refuses a `PermissionTable` that lacks a table.
 */
export interface PermissionTables {}

/** All tables of roles, added in the same way. */
export interface RoleTables {}

type KeyOf<Table> = Table extends unknown ? keyof Table : never
type UnitKeyOf<Table> = Table extends unknown
  ? { [Name in keyof Table]: Table[Name] extends { roles: readonly string[] } ? Name : never }[keyof Table]
  : never

export type Role = KeyOf<RoleTables[keyof RoleTables]>
export type Permission = KeyOf<PermissionTables[keyof PermissionTables]>
/** Permissions that are held over a unit. */
export type ScopedPermission = UnitKeyOf<PermissionTables[keyof PermissionTables]>
