import { Injectable, type OnModuleInit } from '@nestjs/common'
import type { Approval } from '../../../contracts/platform/approval.js'
import type {
  AskForRole,
  EndRole,
  HeldRole,
  PartyRole,
  RolePost,
} from '../../../contracts/organization/role.js'
import { Access } from '../../../platform/access/access.js'
import type { Actor } from '../../../platform/access/actor.js'
import { ConcernedPersons } from '../../../platform/access/concerned-persons.js'
import type { Grant } from '../../../platform/access/grant.entity.js'
import { GrantQueries } from '../../../platform/access/grant.queries.js'
import { Grants } from '../../../platform/access/grants.js'
import { ApprovalViews } from '../../../platform/approval/approval-views.js'
import { Approvals } from '../../../platform/approval/approvals.js'
import { Clock } from '../../../platform/config/clock.js'
import { isId } from '../../../platform/database/ids.js'
import { Conflict, Invalid, NotFound } from '../../../platform/http/errors.js'
import { MemberDirectory, Persons } from '../members/index.js'
import { isDay } from '../members/rules.js'
import { Offices, UnitPosts } from '../units/index.js'
import { alreadyHeld, notBound } from './role-grant.kind.js'
import { RoleHoldings } from './role-holdings.js'
import { RolePages } from './role-pages.js'

/** Whoever holds it gives and ends roles: it is neither given nor taken by one person alone. */
const MANAGES_ROLES: PartyRole = 'administrator'

/** Roles are asked for by one person who manages them and decided by another; most may be ended by one. */
@Injectable()
export class Roles implements OnModuleInit {
  constructor(
    private readonly queries: GrantQueries,
    private readonly access: Access,
    private readonly concerned: ConcernedPersons,
    private readonly grants: Grants,
    private readonly holdings: RoleHoldings,
    private readonly approvals: Approvals,
    private readonly views: ApprovalViews,
    private readonly pages: RolePages,
    private readonly persons: Persons,
    private readonly directory: MemberDirectory,
    private readonly offices: Offices,
    private readonly posts: UnitPosts,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.concerned.register('grant', async (id) => {
      const grant = await this.queries.find(id)
      if (!grant) return []
      const { accountId, holderKind, holderId } = grant
      return [{ accountId, memberId: holderKind === 'member' ? holderId : null }]
    })
  }

  /** @returns the request that another person decides */
  async ask(actor: Actor, body: AskForRole): Promise<Approval> {
    await this.access.authorize(actor, 'role.manage', body.unitId)
    // Optional fields may also come as null.
    const memberId = body.memberId ?? null
    const office = body.office ?? null
    const lastOn = body.lastOn ?? null
    const post = body.post ?? null
    this.check(memberId, office, lastOn)
    if (memberId !== null) await this.checkMember(actor, memberId, body)
    if (post !== null) await this.checkPost(memberId, post)
    const { role, unitId, document, reason } = body
    const subject = memberId ?? this.offices.keyOf(office?.phone ?? '')
    const [id = ''] = await this.approvals.ask(
      actor,
      'role.grant',
      { unitId },
      {
        subjectId: `${subject}/${role}`,
        aboutMemberId: memberId,
        content: { role, memberId, office, post, lastOn, document, reason },
      },
    )
    return this.views.find(actor, id)
  }

  /**
   * Ends a role at once; that of another person who manages roles is asked for.
   * @returns the role as it stands now
   */
  async end(actor: Actor, id: string, { reason }: EndRole): Promise<HeldRole> {
    const grant = await this.load(actor, id)
    if (grant.revokedAt) throw new Conflict('role.ended', '这个角色已经收回了，请刷新后再看。')
    if (grant.role === MANAGES_ROLES) await this.askToEnd(actor, grant, reason)
    else await this.holdings.end([id], { endedBy: 'decision', revokedBy: actor.accountId, reason })
    return this.pages.one(actor, await this.load(actor, id))
  }

  private async askToEnd(actor: Actor, grant: Grant, reason: string): Promise<void> {
    const { holderName, memberId } = await this.pages.one(actor, grant)
    await this.approvals.ask(
      actor,
      'role.end',
      { unitId: grant.nodeId },
      {
        subjectId: grant.id,
        aboutMemberId: memberId,
        aboutAccountId: grant.accountId,
        content: { role: MANAGES_ROLES, holderName, reason },
      },
    )
  }

  private async load(actor: Actor, id: string): Promise<Grant> {
    const grant = isId(id) ? await this.queries.find(id) : null
    if (!grant) throw new NotFound()
    await this.access.authorize(actor, 'role.manage', grant.nodeId)
    return grant
  }

  private check(memberId: string | null, office: AskForRole['office'] | null, lastOn: string | null): void {
    if ((memberId === null) === (office === null)) {
      const message = '请选一名党员，或填写一个岗位，两者选一'
      throw new Invalid('role.holder', `没有提交：${message}。`, [{ field: 'memberId', message }])
    }
    if (lastOn !== null && (!isDay(lastOn) || lastOn < this.clock.today())) {
      const message = isDay(lastOn) ? '到期日已经过去，请选今天或以后的日子' : '没有这一天，请重新选择'
      throw new Invalid('role.last-day', `没有提交：${message}。`, [{ field: 'lastOn', message }])
    }
  }

  private async checkMember(actor: Actor, memberId: string, { role, unitId }: AskForRole): Promise<void> {
    await this.directory.load(actor, 'role.manage', memberId)
    if ((await this.persons.accountOf(memberId)) === null) throw notBound()
    const open = await this.grants.openOf({ kind: 'member', id: memberId })
    if (open.some((grant) => grant.role === role && grant.nodeId === unitId)) throw alreadyHeld(role)
  }

  private async checkPost(memberId: string | null, post: RolePost): Promise<void> {
    if (memberId !== null && (await this.posts.isHeld({ memberId, ...post }))) return
    const message = '这名党员现在没有担任这个职务'
    throw new Invalid('role.post', `没有提交：${message}，请重新选择。`, [{ field: 'post', message }])
  }
}
