import { Injectable } from '@nestjs/common'
import { In, type EntityTarget } from 'typeorm'
import { Database } from '../database/database.js'
import { isId, newId } from '../database/ids.js'
import { Conflict, NotFound } from '../http/errors.js'
import type { Actor } from './actor.js'
import { Grants, type RoleHolder } from './grants.js'
import { OrgNode } from './org-node.entity.js'
import { PermissionTable } from './permission-table.js'
import type { Permission, ScopedPermission } from './permissions.js'
import { subtreeOf, type Scope } from './scope.js'

/** Decides which actor may do what in which unit, and owns the tree of nodes that this depends on. */
@Injectable()
export class Access {
  constructor(
    private readonly database: Database,
    private readonly permissions: PermissionTable,
    private readonly grants: Grants,
  ) {}

  /** Whether the actor may do this in any unit at all. The guard of a route asks this. */
  maySomewhere(actor: Actor, permission: Permission): boolean {
    return this.permissions.maySomewhere(actor, permission)
  }

  /**
   * Passes when the actor holds the permission over the unit.
   * @throws NotFound otherwise, whether the unit exists or not
   */
  async authorize(actor: Actor, permission: ScopedPermission, unitId: string): Promise<void> {
    const node = await this.find(unitId)
    const allowed =
      node && this.permissions.grantsWith(actor, permission).some(({ path }) => node.path.startsWith(path))
    if (!allowed) throw new NotFound()
  }

  /**
   * Reads a row of a unit over which the actor holds the permission.
   * @throws NotFound otherwise, with the same message whether the row is missing or not the actor's
   */
  async load<T extends { id: string; unitId: string }>(
    actor: Actor,
    permission: ScopedPermission,
    entity: EntityTarget<T>,
    id: string,
  ): Promise<T> {
    const rows = this.database.repository(entity).createQueryBuilder('row')
    const row = isId(id) ? await rows.where('row.id = :id', { id }).getOne() : null
    return this.authorizeRow(actor, permission, row)
  }

  /** Like `load`, for a row that the caller has read. @throws NotFound also when `row` is null or undefined */
  async authorizeRow<T extends { unitId: string }>(
    actor: Actor,
    permission: ScopedPermission,
    row: T | null | undefined,
  ): Promise<T> {
    if (!row) throw new NotFound()
    await this.authorize(actor, permission, row.unitId)
    return row
  }

  /** Whether `authorize` would pass: for the `can` of a presenter, where the path is already known. */
  mayAt(actor: Actor, permission: ScopedPermission, path: string): boolean {
    return this.permissions.grantsWith(actor, permission).some((grant) => path.startsWith(grant.path))
  }

  /** All subtrees that the actor may see with this permission, to be put into the query. */
  scope(actor: Actor, permission: ScopedPermission): Scope {
    return { ranges: this.permissions.grantsWith(actor, permission).map(({ path }) => subtreeOf(path)) }
  }

  /**
   * The part of the actor's scope that lies in one unit; the whole scope when `unitId` is undefined.
   * @throws NotFound when the unit does not exist or is not the actor's
   */
  async scopeWithin(actor: Actor, permission: ScopedPermission, unitId: string | undefined): Promise<Scope> {
    if (unitId === undefined) return this.scope(actor, permission)
    await this.authorize(actor, permission, unitId)
    return { ranges: [subtreeOf((await this.node(unitId)).path)] }
  }

  /**
   * The highest unit over which the actor holds the permission; used when a request names no unit. @throws NotFound
   */
  homeUnitId(actor: Actor, permission: ScopedPermission): string {
    const [highest] = this.permissions
      .grantsWith(actor, permission)
      .sort((a, b) => a.path.length - b.path.length)
    if (!highest) throw new NotFound()
    return highest.nodeId
  }

  /** @throws NotFound */
  async node(id: string): Promise<OrgNode> {
    const node = await this.find(id)
    if (!node) throw new NotFound()
    return node
  }

  /** Paths by node; unknown ids are left out. */
  async pathsOf(ids: Iterable<string>): Promise<Map<string, string>> {
    const wanted = [...new Set(ids)]
    if (wanted.length === 0) return new Map()
    const nodes = await this.database.repository(OrgNode).findBy({ id: In(wanted) })
    return new Map(nodes.map(({ id, path }) => [id, path]))
  }

  /** Adds a node below `parentId`, or a root when that is null. @returns its id */
  async addNode(parentId: string | null): Promise<string> {
    const id = newId()
    const parentPath = parentId === null ? '/' : (await this.node(parentId)).path
    await this.database.repository(OrgNode).insert({ id, parentId, path: `${parentPath}${id}/` })
    return id
  }

  /** Everybody who holds the permission over a path, by a grant there or above: who else may decide. */
  holdersOf(permission: ScopedPermission, path: string): Promise<RoleHolder[]> {
    return this.grants.holdersOver(this.permissions.rolesWith(permission), path)
  }

  /**
   * Who holds a role over a wider unit is decided by that wider unit.
   * @returns the path over which somebody must hold a permission to decide about this member
   */
  async decidingPath(memberId: string, unitId: string): Promise<string> {
    const [{ path }, widest] = await Promise.all([this.node(unitId), this.grants.widestAmong([memberId])])
    return widerOf(path, widest.get(memberId))
  }

  /** The unit whose holders decide about this member; see `decidingPath`. */
  async decidingUnit(memberId: string, unitId: string): Promise<string> {
    return (await this.decidingPath(memberId, unitId)).split('/').at(-2) ?? unitId
  }

  /**
   * Passes when the actor may decide about a member: over the member's unit, and over every unit in which the member
   * holds a role.
   * @throws NotFound when the member is not in the actor's scope
   * @throws Conflict `access.wider-role` when a wider unit decides
   */
  async authorizeAbout(
    actor: Actor,
    permission: ScopedPermission,
    { id, unitId }: { id: string; unitId: string },
  ): Promise<void> {
    await this.authorize(actor, permission, unitId)
    if (this.mayAt(actor, permission, await this.decidingPath(id, unitId))) return
    throw new Conflict(
      'access.wider-role',
      '这位同志在上级组织有工作角色，这件事由上级组织办理，请向上级提出。',
    )
  }

  private async find(id: string): Promise<OrgNode | null> {
    return isId(id) ? this.database.repository(OrgNode).findOneBy({ id }) : null
  }
}

/** The path over which somebody must hold a permission: the member's own, or the wider one of their roles. */
export const widerOf = (path: string, widestRole: string | undefined): string =>
  widestRole !== undefined && widestRole.length < path.length ? widestRole : path
