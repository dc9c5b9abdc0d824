import type { Actor, ActorGrant } from './actor.js'
import type {
  OwnPermissionRule,
  Permission,
  PermissionRules,
  PermissionTables,
  Role,
  RoleTables,
  RoleWords,
  ScopedPermission,
  UnitPermissionRule,
} from './permissions.js'

/** All roles and permissions, composed from the tables of the modules. */
export class PermissionTable {
  readonly roles: ReadonlyMap<string, RoleWords>
  readonly rules: ReadonlyMap<string, OwnPermissionRule | UnitPermissionRule>

  /** @throws when two tables name the same role or permission */
  constructor(roles: RoleTables, permissions: PermissionTables) {
    this.roles = composed(Object.values<Record<string, RoleWords>>({ ...roles }))
    this.rules = composed(Object.values<PermissionRules>({ ...permissions }))
  }

  /** Whether the actor may do this in any unit at all. */
  maySomewhere(actor: Actor, permission: Permission): boolean {
    const rule = this.rules.get(permission)
    if (!rule) return false
    if ('roles' in rule) return actor.grants.some(({ role }) => rule.roles.includes(role))
    return rule.heldBy === 'account' || actor.membership !== null
  }

  /** The grants by which the actor holds the permission. */
  grantsWith({ grants }: Actor, permission: ScopedPermission): ActorGrant[] {
    const rule = this.rules.get(permission)
    return rule && 'roles' in rule ? grants.filter(({ role }) => rule.roles.includes(role)) : []
  }

  /** The roles that hold the permission. */
  rolesWith(permission: ScopedPermission): readonly Role[] {
    const rule = this.rules.get(permission)
    return rule && 'roles' in rule ? rule.roles : []
  }
}

function composed<Entry>(tables: Array<Record<string, Entry>>): Map<string, Entry> {
  const all = new Map<string, Entry>()
  for (const [name, entry] of tables.flatMap((table) => Object.entries(table))) {
    if (all.has(name)) throw new Error(`two modules bring the same name: ${name}`)
    all.set(name, entry)
  }
  return all
}
