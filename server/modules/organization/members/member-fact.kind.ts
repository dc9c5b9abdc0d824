import { Injectable, type OnModuleInit } from '@nestjs/common'
import type { Actor } from '../../../platform/access/actor.js'
import type {
  ApprovalKind,
  ApprovalRequest,
  ApprovalWords,
} from '../../../platform/approval/approval-kind.js'
import { Approvals } from '../../../platform/approval/approvals.js'
import { Clock } from '../../../platform/config/clock.js'
import { Database } from '../../../platform/database/database.js'
import { Conflict } from '../../../platform/http/errors.js'
import type { Evidence } from '../../../platform/periods/period-writer.js'
import { UnitDirectory } from '../units/index.js'
import { MemberDirectory } from './member-directory.js'
import { MemberFactEntry } from './member-fact-entry.js'
import { problemWith, type AskedFact } from './member-fact-request.rules.js'
import { FACT_RULES } from './member-facts.rules.js'
import { MemberRecord } from './member.entity.js'
import { Persons } from './persons.js'

export interface MemberFactContent {
  asked: AskedFact
  document: string | null
  reason: string
}

declare module '../../../platform/approval/approval-kind.js' {
  interface ApprovalContents {
    /** What a branch asks the wider unit to record of a member who holds a role there. Subject: member and kind. */
    'member.fact': MemberFactContent
  }
}

type Request = ApprovalRequest<MemberFactContent>

/** 请上级登记变动: whoever holds a role over a wider unit is decided about by that unit. */
@Injectable()
export class MemberFactRequestKind implements ApprovalKind<'member.fact'>, OnModuleInit {
  readonly kind = 'member.fact'
  readonly permission = 'member.record'
  readonly asksPin = false

  constructor(
    private readonly approvals: Approvals,
    private readonly database: Database,
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
      this.directory.namesOf(requests.flatMap(({ aboutMemberId }) => aboutMemberId ?? [])),
      this.units.namesOf(
        requests.flatMap(({ content: { asked } }) => (asked.kind === 'unit' ? [asked.value] : [])),
      ),
    ])
    return new Map(
      requests.map(({ id, aboutMemberId, content: { asked, document, reason } }) => {
        const rule = FACT_RULES[asked.kind]
        const value = asked.kind === 'unit' ? (unitNames.get(asked.value) ?? '') : rule.inWords(asked.value)
        const lines = [
          { label: rule.name, value },
          { label: '从哪天起', value: asked.fromOn },
          ...(asked.untilOn ? [{ label: '到哪天前', value: asked.untilOn }] : []),
          { label: '文件', value: document ?? '没有写' },
          { label: '理由', value: reason },
        ]
        return [id, { title: `登记${names.get(aboutMemberId ?? '') ?? '党员'}的${rule.name}`, lines }]
      }),
    )
  }

  async apply({ aboutMemberId, content }: Request, decider: Actor | null): Promise<void> {
    const member = await this.database.repository(MemberRecord).findOneBy({ id: aboutMemberId ?? '' })
    if (!member) throw new Conflict('member.gone', '这名党员已经不在花名册里，没有登记。')
    const { asked, document, reason } = content
    const problem = problemWith(asked, member, this.clock.today())
    if (problem) throw new Conflict('member.fact-outdated', `情况已经变了，没有登记：${problem.message}。`)
    const evidence: Evidence = decider
      ? await this.persons.evidenceOf(decider, { document, reason })
      : { recordedBy: null, origin: 'recorded', document, reason }
    await this.entry.write(member, asked, evidence)
  }
}
