import { Injectable } from '@nestjs/common'
import type { TimelineEntry } from '../../../contracts/home/member-page.js'
import type { Tile } from '../../../contracts/home/menu.js'
import { Access } from '../../../platform/access/access.js'
import { isActor } from '../../../platform/access/concerned-persons.js'
import type { Actor } from '../../../platform/access/actor.js'
import { GrantQueries } from '../../../platform/access/grant.queries.js'
import { dayIn } from '../../../platform/config/business-time.js'
import {
  ContributesToHome,
  type HomePart,
  type MemberSection,
  type ShownMember,
} from '../../home-part/index.js'
import { Persons } from '../members/index.js'
import { partyRoles } from '../../roles.js'

const MOST = 20

/** The entry in 管理, and what a member was entrusted with and when. */
@Injectable()
@ContributesToHome()
export class RolesHome implements HomePart {
  constructor(
    private readonly access: Access,
    private readonly grants: GrantQueries,
    private readonly persons: Persons,
  ) {}

  tileFor(actor: Actor): Tile | null {
    return this.access.maySomewhere(actor, 'role.manage') ? { kind: 'roles', title: '工作角色' } : null
  }

  async memberSectionFor(actor: Actor, { id, path }: ShownMember): Promise<MemberSection> {
    const isOwn = isActor(actor, { memberId: id })
    const may = this.access.mayAt(actor, 'role.manage', path) && !isOwn
    return { can: { giveRole: may && (await this.persons.accountOf(id)) !== null } }
  }

  async timelineFor(_: Actor, { id }: ShownMember): Promise<TimelineEntry[]> {
    const grants = await this.grants.ofHolders([{ kind: 'member', id }], MOST)
    const entries = grants.flatMap(({ role, grantedAt, revokedAt }) => {
      const { name } = partyRoles[role]
      const begun = { on: dayIn(grantedAt), text: `担任“${name}”` }
      return revokedAt === null ? [begun] : [{ on: dayIn(revokedAt), text: `不再担任“${name}”` }, begun]
    })
    return entries.sort((one, other) => other.on.localeCompare(one.on))
  }
}
