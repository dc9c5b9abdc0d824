import { Injectable, type OnModuleInit } from '@nestjs/common'
import type { Actor } from '../../../platform/access/actor.js'
import type {
  ApprovalKind,
  ApprovalRequest,
  ApprovalWords,
} from '../../../platform/approval/approval-kind.js'
import { Approvals } from '../../../platform/approval/approvals.js'
import { MemberDirectory } from '../members/index.js'
import { BindingEntry, decidedMeanwhile } from './binding-entry.js'
import { BindingQueries } from './bindings.queries.js'

declare module '../../../platform/approval/approval-kind.js' {
  interface ApprovalContents {
    /** What a branch asks the wider unit to undo. Subject: the binding. */
    'binding.undo': { reason: string }
  }
}

type Request = ApprovalRequest<{ reason: string }>

/** 请上级解除绑定: the binding of whoever holds a role over a wider unit is undone by that unit. */
@Injectable()
export class BindingUndoingKind implements ApprovalKind<'binding.undo'>, OnModuleInit {
  readonly kind = 'binding.undo'
  readonly permission = 'binding.decide'
  readonly asksPin = false

  constructor(
    private readonly approvals: Approvals,
    private readonly members: MemberDirectory,
    private readonly queries: BindingQueries,
    private readonly entry: BindingEntry,
  ) {}

  onModuleInit(): void {
    this.approvals.register(this)
  }

  async describe(requests: Request[]): Promise<Map<string, ApprovalWords>> {
    const names = await this.members.namesOf(requests.flatMap(({ aboutMemberId }) => aboutMemberId ?? []))
    return new Map(
      requests.map(({ id, aboutMemberId, content: { reason } }) => [
        id,
        {
          title: `解除${names.get(aboutMemberId ?? '') ?? '党员'}的微信绑定`,
          lines: [
            { label: '后果', value: '本人退出小程序里的党员身份，工作角色同时收回' },
            { label: '理由', value: reason },
          ],
        },
      ]),
    )
  }

  async apply({ subjectId, content: { reason } }: Request, decider: Actor | null): Promise<void> {
    const binding = await this.queries.find(subjectId)
    if (!binding) throw decidedMeanwhile()
    await this.entry.decide(binding, 'undo', { decidedBy: decider?.accountId ?? null, reason })
  }
}
