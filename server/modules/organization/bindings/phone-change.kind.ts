import { Injectable, type OnModuleInit } from '@nestjs/common'
import type { Actor } from '../../../platform/access/actor.js'
import type {
  ApprovalKind,
  ApprovalRequest,
  ApprovalWords,
} from '../../../platform/approval/approval-kind.js'
import { Approvals } from '../../../platform/approval/approvals.js'
import { maskPhone } from '../../../platform/crypto/masking.js'
import { Conflict } from '../../../platform/http/errors.js'
import { MemberPhones } from '../members/index.js'
import { UnitDirectory } from '../units/index.js'

/** The number that is to hold. */
export interface PhoneChangeContent {
  phone: string
  /** The number that held when it was asked for; null when there was none. */
  before: string | null
  reason: string
}

declare module '../../../platform/approval/approval-kind.js' {
  interface ApprovalContents {
    'member.phone': PhoneChangeContent
  }
}

type Request = ApprovalRequest<PhoneChangeContent>

const masked = (phone: string | null): string => (phone ? maskPhone(phone) : '没有登记')

/** 更换手机号: decided by another person who may change telephones of the unit. */
@Injectable()
export class PhoneChangeKind implements ApprovalKind<'member.phone'>, OnModuleInit {
  readonly kind = 'member.phone'
  readonly permission = 'member.phone'
  readonly asksPin = false

  constructor(
    private readonly approvals: Approvals,
    private readonly phones: MemberPhones,
    private readonly units: UnitDirectory,
  ) {}

  onModuleInit(): void {
    this.approvals.register(this)
  }

  async describe(requests: Request[]): Promise<Map<string, ApprovalWords>> {
    const members = await this.phones.ofMembers(requests.map(({ subjectId }) => subjectId))
    const unitNames = await this.units.namesOf([...members.values()].map(({ unitId }) => unitId))
    return new Map(
      requests.map(({ id, subjectId, content: { before, phone, reason } }) => {
        const member = members.get(subjectId)
        const lines = [
          { label: '党组织', value: unitNames.get(member?.unitId ?? '') ?? '' },
          { label: '原手机号', value: masked(before) },
          { label: '新手机号', value: maskPhone(phone) },
          { label: '理由', value: reason },
        ]
        return [id, { title: `${member?.name ?? '党员'}更换手机号`, lines }]
      }),
    )
  }

  async apply(
    { subjectId, requestedBy, requesterMemberId, content }: Request,
    decider: Actor | null,
  ): Promise<void> {
    const member = (await this.phones.ofMembers([subjectId])).get(subjectId)
    if (!member) throw new Conflict('member.gone', '这名党员已经不在花名册里，手机号没有更换。')
    await this.phones.set({ id: subjectId, unitId: member.unitId }, content.phone, {
      enteredBy: requestedBy,
      enteredByMemberId: requesterMemberId,
      approvedBy: decider?.accountId ?? null,
    })
  }
}
