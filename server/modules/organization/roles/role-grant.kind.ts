import { Injectable, type OnModuleInit } from '@nestjs/common'
import type { PartyRole, RolePost } from '../../../contracts/organization/role.js'
import type { Actor, Holder } from '../../../platform/access/actor.js'
import type {
  ApprovalKind,
  ApprovalRequest,
  ApprovalWords,
} from '../../../platform/approval/approval-kind.js'
import { Approvals } from '../../../platform/approval/approvals.js'
import { maskPhone } from '../../../platform/crypto/masking.js'
import { isDuplicate } from '../../../platform/database/errors.js'
import { Conflict } from '../../../platform/http/errors.js'
import { partyRoles } from '../../roles.js'
import { Persons } from '../members/index.js'
import { UnitDirectory, UnitPosts } from '../units/index.js'
import { RoleHoldings } from './role-holdings.js'

/** A role that is asked for: for a member, or for the person of an office that is opened with it. */
export interface RoleGrantContent {
  role: PartyRole
  memberId: string | null
  office: { title: string; personName: string; phone: string } | null
  /** The post with which it comes. */
  post: RolePost | null
  lastOn: string | null
  document: string
  reason: string
}

declare module '../../../platform/approval/approval-kind.js' {
  interface ApprovalContents {
    'role.grant': RoleGrantContent
  }
}

type Request = ApprovalRequest<RoleGrantContent>

/** 授予角色: decided by another person who manages roles of the unit. */
@Injectable()
export class RoleGrantKind implements ApprovalKind<'role.grant'>, OnModuleInit {
  readonly kind = 'role.grant'
  readonly permission = 'role.manage'
  readonly asksPin = true

  constructor(
    private readonly approvals: Approvals,
    private readonly holdings: RoleHoldings,
    private readonly persons: Persons,
    private readonly units: UnitDirectory,
    private readonly posts: UnitPosts,
  ) {}

  onModuleInit(): void {
    this.approvals.register(this)
  }

  async describe(requests: Request[]): Promise<Map<string, ApprovalWords>> {
    const [names, unitNames] = await Promise.all([
      this.persons.ofMembers(requests.flatMap(({ content }) => content.memberId ?? [])),
      this.units.namesOf(requests.map(({ unitId }) => unitId)),
    ])
    return new Map(
      requests.map(({ id, unitId, content }) => {
        const { memberId, office, role, lastOn, document, reason } = content
        const who = office ? office.personName : (names.get(memberId ?? '') ?? '党员')
        const lines = [
          { label: '管辖范围', value: unitNames.get(unitId) ?? '' },
          ...(office
            ? [
                { label: '岗位', value: office.title },
                { label: '手机号', value: maskPhone(office.phone) },
              ]
            : []),
          { label: '职责', value: partyRoles[role].describes },
          { label: '到期', value: lastOn ?? '没有期限' },
          { label: '文件', value: document },
          { label: '理由', value: reason },
        ]
        return [id, { title: `授予${who}“${partyRoles[role].name}”`, lines }]
      }),
    )
  }

  async apply({ unitId, requestedBy, content }: Request, _: Actor | null): Promise<void> {
    const { role, lastOn, post, document, reason } = content
    // A post that has ended meanwhile can no longer end the role.
    if (post !== null && !(await this.posts.isHeld({ ...post, memberId: content.memberId ?? '' }))) {
      throw new Conflict('role.post-ended', '对方已经不担任这个职务了，请退回申请，重新提出。')
    }
    const [holder, accountId] = await this.holderOf(unitId, requestedBy, content)
    const grant = { role, nodeId: unitId, lastOn, post, reason, document, grantedBy: requestedBy }
    try {
      await this.holdings.give({ ...grant, holder, accountId })
    } catch (error) {
      if (isDuplicate(error)) throw alreadyHeld(role)
      throw error
    }
  }

  /** Who is to hold it, and the account that acts in it: none yet for an office. */
  private async holderOf(
    unitId: string,
    openedBy: string,
    { memberId, office, document }: RoleGrantContent,
  ): Promise<[Holder, string | null]> {
    if (memberId !== null) {
      const accountId = await this.persons.accountOf(memberId)
      if (accountId === null) throw notBound()
      return [{ kind: 'member', id: memberId }, accountId]
    }
    if (office === null) throw new Error('a role is asked for by a member or an office')
    const id = await this.holdings.openOffice({ ...office, unitId, accountId: null, document, openedBy })
    return [{ kind: 'office', id }, null]
  }
}

export const notBound = () =>
  new Conflict(
    'role.not-bound',
    '这名党员还没有绑定微信，暂时不能担任。请先让本人在小程序里绑定并由支部确认。',
  )

export const alreadyHeld = (role: PartyRole) =>
  new Conflict('role.held-already', `对方在这个党组织已经是“${partyRoles[role].name}”了，不用再授予。`)
