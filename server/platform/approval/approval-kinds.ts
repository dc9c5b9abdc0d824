import { Injectable } from '@nestjs/common'
import type { ApprovalContents, ApprovalKind, ApprovalKindName, ApprovalRequest } from './approval-kind.js'
import type { ApprovalWords } from './approval-kind.js'
import type { ApprovalRequestRecord } from './approval-request.entity.js'
import type { Actor } from '../access/actor.js'
import type { ScopedPermission } from '../access/permissions.js'

/** A registered kind that takes stored requests. */
export interface RegisteredKind {
  readonly kind: ApprovalKindName
  readonly permission: ScopedPermission
  readonly asksPin: boolean
  describe(rows: readonly ApprovalRequestRecord[]): Promise<Map<string, ApprovalWords>>
  apply(row: ApprovalRequestRecord, decider: Actor | null): Promise<void>
}

/** All kinds of requests, by name. */
@Injectable()
export class ApprovalKinds {
  private readonly kinds = new Map<string, RegisteredKind>()

  register<Name extends ApprovalKindName>(kind: ApprovalKind<Name>): void {
    if (this.kinds.has(kind.kind)) throw new Error(`two features register the kind ${kind.kind}`)
    this.kinds.set(kind.kind, {
      kind: kind.kind,
      permission: kind.permission,
      asksPin: kind.asksPin,
      describe: (rows) => kind.describe(rows.map((row) => requestOf<Name>(row))),
      apply: (row, decider) => kind.apply(requestOf<Name>(row), decider),
    })
  }

  of(name: string): RegisteredKind {
    const kind = this.kinds.get(name)
    if (!kind) throw new Error(`nobody registered the kind of request "${name}"`)
    return kind
  }

  all(): RegisteredKind[] {
    return [...this.kinds.values()]
  }
}

const requestOf = <Name extends ApprovalKindName>({
  content,
  ...row
}: ApprovalRequestRecord): ApprovalRequest<ApprovalContents[Name]> => ({
  ...row,
  content: JSON.parse(content) as ApprovalContents[Name],
})
