/**
 * What may be done here, and who may do it. The platform knows no role and hardly any permission: modules bring them as
 * tables, the application composes the tables (`server/permissions.ts`) and hands them to `AccessModule`.
 */

/** A role that can be granted over a unit, in the words people read. */
export interface RoleWords {
  name: string
  describes: string
}

/** For what is one's own: everybody who is signed in holds it, or everybody with a confirmed membership. */
export interface OwnPermissionRule {
  allows: string
  heldBy: 'account' | 'member'
}

/** Over a unit and what stands below it: held there by whoever was granted one of the roles. */
export interface UnitPermissionRule {
  allows: string
  roles: readonly Role[]
}

/** What a module writes: each permission with what it allows, in the words people read, and who holds it. */
export type PermissionRules = Record<string, OwnPermissionRule | UnitPermissionRule>

/**
 * The tables of permissions that there are. A module adds its own by declaration merging, as `auth.permissions.ts`
 * does. That makes the names below exact, and `PermissionTable` cannot be composed without the table.
 */
export interface PermissionTables {}

/** The tables of roles that there are, added in the same way. */
export interface RoleTables {}

type KeyOf<Table> = Table extends unknown ? keyof Table : never
type UnitKeyOf<Table> = Table extends unknown
  ? { [Name in keyof Table]: Table[Name] extends { roles: readonly string[] } ? Name : never }[keyof Table]
  : never

export type Role = KeyOf<RoleTables[keyof RoleTables]>
export type Permission = KeyOf<PermissionTables[keyof PermissionTables]>
/** Permissions that are held over a unit. */
export type ScopedPermission = UnitKeyOf<PermissionTables[keyof PermissionTables]>
