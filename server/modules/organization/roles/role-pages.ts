import { Injectable } from '@nestjs/common'
import type { HeldRole, ListRoles, OwnRoles, RolePage } from '../../../contracts/organization/role.js'
import { Access } from '../../../platform/access/access.js'
import type { Actor, Holder } from '../../../platform/access/actor.js'
import type { Grant } from '../../../platform/access/grant.entity.js'
import { GrantQueries } from '../../../platform/access/grant.queries.js'
import { cursorPart, decodeCursor, limitOf, pageOf } from '../../../platform/http/paging.js'
import { Persons } from '../members/index.js'
import { Offices, UnitDirectory } from '../units/index.js'
import { presentRole, type RoleNames } from './role.presenter.js'

/** Roles that one person has held, at most. */
const MOST_OF_ONE = 100

/** Roles as people read them: those over the units that the reader looks after, those of one member, one's own. */
@Injectable()
export class RolePages {
  constructor(
    private readonly access: Access,
    private readonly grants: GrantQueries,
    private readonly persons: Persons,
    private readonly units: UnitDirectory,
    private readonly offices: Offices,
  ) {}

  async list(actor: Actor, query: ListRoles): Promise<RolePage> {
    const limit = limitOf(query)
    const scope = await this.access.scopeWithin(actor, 'role.manage', query.unitId ?? undefined)
    const before = decodeCursor(query.cursor, [cursorPart.id])?.[0]
    const rows = await this.grants.page(scope, { state: query.state ?? 'held', before }, limit + 1)
    return pageOf(rows, limit, ({ id }) => [id], await this.presenter(actor, rows))
  }

  /** What the reader holds and has held, by membership and in offices. */
  async ofMine(actor: Actor): Promise<OwnRoles> {
    const offices = await this.offices.ofAccount(actor.accountId)
    const holders: Holder[] = offices.map(({ id }) => ({ kind: 'office', id }))
    if (actor.membership) holders.push({ kind: 'member', id: actor.membership.memberId })
    const rows = await this.grants.ofHolders(holders, MOST_OF_ONE)
    return { items: rows.map(await this.presenter(actor, rows)) }
  }

  async one(actor: Actor, row: Grant): Promise<HeldRole> {
    const present = await this.presenter(actor, [row])
    return present(row)
  }

  /** Reads the names for grants of one page at once. */
  async presenter(actor: Actor, rows: readonly Grant[]): Promise<(row: Grant) => HeldRole> {
    const names = await this.namesFor(rows)
    const paths = await this.access.pathsOf(rows.map(({ nodeId }) => nodeId))
    return (row) => {
      const isOwn = actor.membership?.memberId === row.holderId || actor.accountId === row.accountId
      const may = this.access.mayAt(actor, 'role.manage', paths.get(row.nodeId) ?? '')
      return presentRole(row, names, { end: row.revokedAt === null && may && !isOwn })
    }
  }

  private async namesFor(rows: readonly Grant[]): Promise<RoleNames> {
    const heldBy = (kind: Holder['kind']) =>
      rows.filter(({ holderKind }) => holderKind === kind).map(({ holderId }) => holderId)
    const [units, members, offices, accounts] = await Promise.all([
      this.units.namesOf(rows.map(({ nodeId }) => nodeId)),
      this.persons.ofMembers(heldBy('member')),
      this.persons.ofOffices(heldBy('office')),
      this.persons.ofAccounts(rows.flatMap(({ grantedBy }) => grantedBy ?? [])),
    ])
    return { units, members, offices, accounts }
  }
}
