import { Injectable } from '@nestjs/common'
import type {
  ListMembers,
  Member,
  MemberPage as MemberPageOfList,
  Timeline,
} from '../../contracts/home/member-page.js'
import { Access } from '../../platform/access/access.js'
import type { Actor } from '../../platform/access/actor.js'
import { Clock } from '../../platform/config/clock.js'
import type { MemberSection, ShownMember } from '../home-part/index.js'
import {
  BindingQueries,
  MemberDirectory,
  Members,
  membersUnassessedIn,
  membersWithNearZeroBase,
  type MemberCondition,
} from '../organization/index.js'
import { HomeParts } from './home-parts.js'

const MOST_ENTRIES = 100

/** The list of members and the page of one: the roster, and what each feature knows of a member. */
@Injectable()
export class MemberPages {
  constructor(
    private readonly parts: HomeParts,
    private readonly access: Access,
    private readonly members: Members,
    private readonly directory: MemberDirectory,
    private readonly bindings: BindingQueries,
    private readonly clock: Clock,
  ) {}

  async list(actor: Actor, query: ListMembers): Promise<MemberPageOfList> {
    const page = await this.members.list(actor, query, this.conditionsOf(query))
    const bound = await this.bindings.boundAmong(page.items.map(({ id }) => id))
    return { ...page, items: page.items.map((member) => ({ ...member, bound: bound.has(member.id) })) }
  }

  private conditionsOf({ assessment }: ListMembers): MemberCondition[] {
    if (assessment === 'missing') return [membersUnassessedIn(this.clock.month())]
    return assessment === 'near-zero' ? [membersWithNearZeroBase(this.clock.today())] : []
  }

  async find(actor: Actor, id: string): Promise<Member> {
    const shown = await this.authorized(actor, id)
    const sections = await this.parts.ask((part) => part.memberSectionFor?.(actor, shown))
    const page: MemberSection = {}
    const can: MemberSection['can'] = {}
    for (const section of sections) {
      Object.assign(page, section)
      Object.assign(can, section.can)
    }
    // The compiled serializer refuses a member with a field that no feature has set, so the field is not sent empty.
    return { ...page, can } as Member
  }

  /** What happened to a member, newest first. */
  async timeline(actor: Actor, id: string): Promise<Timeline> {
    const shown = await this.authorized(actor, id)
    const entries = await this.parts.ask((part) => part.timelineFor?.(actor, shown))
    const items = entries.flat().sort((one, other) => other.on.localeCompare(one.on))
    return { items: items.slice(0, MOST_ENTRIES) }
  }

  private async authorized(actor: Actor, id: string): Promise<ShownMember> {
    const { unitId } = await this.directory.load(actor, 'member.read', id)
    const { path } = await this.access.node(unitId)
    return { id, unitId, path }
  }
}
