import { Injectable } from '@nestjs/common'
import type { BranchPerson } from '../../../contracts/home/branch.js'
import type { TimelineEntry } from '../../../contracts/home/member-page.js'
import type { Decision } from '../../../contracts/home/today.js'
import type { Tile } from '../../../contracts/home/menu.js'
import { Access } from '../../../platform/access/access.js'
import { isActor } from '../../../platform/access/concerned-persons.js'
import type { Actor } from '../../../platform/access/actor.js'
import { Database } from '../../../platform/database/database.js'
import { placeholders } from '../../../platform/database/dialect.js'
import {
  ContributesToHome,
  type BranchSection,
  type HomePart,
  type MemberSection,
  type ShownMember,
} from '../../home-part/index.js'
import { UnitDirectory, UnitPosts } from '../units/index.js'
import { DisclosureAlerts } from './disclosure-alerts.js'
import { MemberDirectory } from './member-directory.js'
import { isMember } from './member-facts.rules.js'
import { presentMember } from './member.presenter.js'

const MOST_PEOPLE = 200
/** The branch itself and the groups below it. */
const IN_BRANCH = `m.unitId IN (SELECT id FROM org_node WHERE id = ? OR parentId = ?) AND ${isMember('m')}`

@Injectable()
@ContributesToHome()
export class MembersHome implements HomePart {
  constructor(
    private readonly database: Database,
    private readonly access: Access,
    private readonly directory: MemberDirectory,
    private readonly units: UnitDirectory,
    private readonly posts: UnitPosts,
    private readonly alerts: DisclosureAlerts,
  ) {}

  async decisionsFor(actor: Actor): Promise<Decision[]> {
    if (!this.access.maySomewhere(actor, 'disclosure.review')) return []
    const count = await this.alerts.countOpen(actor)
    return count > 0 ? [{ kind: 'disclosures', count, words: `${count} 次集中查看号码要过问` }] : []
  }

  tileFor(actor: Actor): Tile | null {
    return this.access.maySomewhere(actor, 'member.read') ? { kind: 'members', title: '党员花名册' } : null
  }

  async memberSectionFor(actor: Actor, { id, path }: ShownMember): Promise<MemberSection> {
    const member = await this.directory.load(actor, 'member.read', id)
    const { name: unitName } = await this.units.get(member.unitId)
    const mayRecord = this.access.mayAt(actor, 'member.record', path) && !isActor(actor, { memberId: id })
    const decides = this.access.mayAt(
      actor,
      'member.record',
      await this.access.decidingPath(id, member.unitId),
    )
    return {
      ...presentMember(member, unitName),
      can: {
        disclose: this.access.mayAt(actor, 'member.disclose', path),
        record: mayRecord && decides,
        askToRecord: mayRecord && !decides,
      },
    }
  }

  async timelineFor(actor: Actor, { id }: ShownMember): Promise<TimelineEntry[]> {
    const { joinedOn, regularizedOn } = await this.directory.load(actor, 'member.read', id)
    const joined = { on: joinedOn, text: '支部大会通过入党' }
    return regularizedOn === null ? [joined] : [{ on: regularizedOn, text: '转为正式党员' }, joined]
  }

  async branchSectionFor(branchId: string): Promise<BranchSection> {
    const [people, memberCount] = await Promise.all([this.people(branchId), this.memberCount(branchId)])
    return { people, memberCount }
  }

  private async people(branchId: string): Promise<BranchPerson[]> {
    const posts = await this.posts.of(branchId)
    const holders = posts.map(({ memberId }) => memberId)
    const isHolder = holders.length > 0 ? `m.id IN (${placeholders(holders)})` : '1 = 0'
    const members = await this.database.query<Omit<BranchPerson, 'post'>>(
      `SELECT m.id AS memberId, m.name, m.category FROM member m
       WHERE ${IN_BRANCH} ORDER BY CASE WHEN ${isHolder} THEN 0 ELSE 1 END, m.name, m.id LIMIT ${MOST_PEOPLE}`,
      [branchId, branchId, ...holders],
    )
    const rank = new Map(holders.map((memberId, index) => [memberId, index]))
    const title = new Map(posts.map((post) => [post.memberId, post.title]))
    return members
      .map((member) => ({ ...member, post: title.get(member.memberId) ?? null }))
      .sort((a, b) => (rank.get(a.memberId) ?? posts.length) - (rank.get(b.memberId) ?? posts.length))
  }

  private async memberCount(branchId: string): Promise<number> {
    const { count } = await this.database.queryOne<{ count: number }>(
      `SELECT COUNT(*) AS count FROM member m WHERE ${IN_BRANCH}`,
      [branchId, branchId],
    )
    return count
  }
}
