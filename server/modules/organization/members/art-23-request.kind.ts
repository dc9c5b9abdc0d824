import { Injectable, type OnModuleInit } from '@nestjs/common'
import type { Actor } from '../../../platform/access/actor.js'
import type {
  ApprovalKind,
  ApprovalRequest,
  ApprovalWords,
} from '../../../platform/approval/approval-kind.js'
import { Approvals } from '../../../platform/approval/approvals.js'
import { Clock } from '../../../platform/config/clock.js'
import { Conflict } from '../../../platform/http/errors.js'
import type { Evidence } from '../../../platform/periods/period-writer.js'
import { UnitDirectory } from '../units/index.js'
import { MemberDirectory } from './member-directory.js'
import { MemberFactEntry } from './member-fact-entry.js'
import { hasEnded } from './member-facts.rules.js'
import { Persons } from './persons.js'

declare module '../../../platform/approval/approval-kind.js' {
  interface ApprovalContents {
    /** A member asks that nothing is demanded of them, Art. 23. Subject: the member. */
    'member.art-23': { reason: string }
  }
}

type Request = ApprovalRequest<{ reason: string }>

/** 申请不作要求: a member asks, and whoever records facts of the branch records it or says why not. */
@Injectable()
export class Art23RequestKind implements ApprovalKind<'member.art-23'>, OnModuleInit {
  readonly kind = 'member.art-23'
  readonly permission = 'member.record'
  readonly asksPin = false

  constructor(
    private readonly approvals: Approvals,
    private readonly directory: MemberDirectory,
    private readonly units: UnitDirectory,
    private readonly entry: MemberFactEntry,
    private readonly persons: Persons,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.approvals.register(this)
  }

  async describe(requests: Request[]): Promise<Map<string, ApprovalWords>> {
    const [names, unitNames] = await Promise.all([
      this.directory.namesOf(requests.map(({ subjectId }) => subjectId)),
      this.units.namesOf(requests.map(({ unitId }) => unitId)),
    ])
    return new Map(
      requests.map(({ id, subjectId, unitId, content: { reason } }) => [
        id,
        {
          title: `${names.get(subjectId) ?? '党员'}申请组织生活和学习不作要求`,
          lines: [
            { label: '所在支部', value: unitNames.get(unitId) ?? '' },
            { label: '本人理由', value: reason },
            { label: '依据', value: '《中国共产党党员教育管理工作条例》第二十三条' },
            { label: '从哪天起', value: '同意的当天；党费照常缴纳' },
          ],
        },
      ]),
    )
  }

  async apply({ subjectId, content: { reason } }: Request, decider: Actor | null): Promise<void> {
    const member = await this.directory.get(subjectId)
    if (hasEnded(member.standing)) {
      throw new Conflict('member.fact-outdated', '情况已经变了，没有登记：党籍已经不在这里。')
    }
    const ground = { reason: `本人申请：${reason}`.slice(0, REASON_MOST) }
    const evidence: Evidence = decider
      ? await this.persons.evidenceOf(decider, ground)
      : { recordedBy: null, origin: 'recorded', ...ground }
    const asked = { kind: 'art-23', value: 'by-request', fromOn: this.clock.today() } as const
    await this.entry.write(member, { ...asked, untilOn: undefined, duesPaidThrough: undefined }, evidence)
  }
}

/** Characters of the column. */
const REASON_MOST = 200
