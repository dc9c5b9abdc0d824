import type { ApprovalLine } from '../../contracts/platform/approval.js'
import type { Actor } from '../access/actor.js'
import type { ScopedPermission } from '../access/permissions.js'

/**
 * What is asked for, by kind. A feature adds its kind by declaration merging:
 * `declare module '…/approval/approval-kind.js' { interface ApprovalContents { 'member.phone': PhoneChange } }`.
 */
export interface ApprovalContents {}

export type ApprovalKindName = keyof ApprovalContents

/** A request as its kind sees it. */
export interface ApprovalRequest<Content> {
  id: string
  unitId: string
  subjectId: string
  aboutMemberId: string | null
  groupId: string
  requestedBy: string
  requesterMemberId: string | null
  requestedAt: Date
  content: Content
}

/** What people read of a request. */
export interface ApprovalWords {
  title: string
  lines: ApprovalLine[]
}

/** A kind of request that a second person decides. A feature registers it with `Approvals.register` in `onModuleInit`. */
export interface ApprovalKind<Name extends ApprovalKindName> {
  readonly kind: Name
  /** Whoever holds it over the request's unit may decide, but not who asked and not whom it is about. */
  readonly permission: ScopedPermission
  /** Whether deciding asks for the PIN. */
  readonly asksPin: boolean
  /** Words for lists and pages, by request id. It is called with many requests, so it reads what it needs at once. */
  describe(requests: Array<ApprovalRequest<ApprovalContents[Name]>>): Promise<Map<string, ApprovalWords>>
  /**
   * Does what was asked for, inside the transaction of the decision. `decider` is null when an operator decided.
   * @throws Conflict when it can no longer be done; then nothing is decided
   */
  apply(request: ApprovalRequest<ApprovalContents[Name]>, decider: Actor | null): Promise<void>
}

/** A request to make. */
export interface NewRequest<Content> {
  /** The same subject is asked for once at a time. */
  subjectId: string
  aboutMemberId: string | null
  /** The account concerned where no membership is, such as that of an office. */
  aboutAccountId?: string | null
  content: Content
}

/** Where requests are decided, and with which others together. */
export interface AskedWhere {
  unitId: string
  /** An id of the caller's, such as an import's: its requests are decided together. They are of one kind and one unit. */
  groupId?: string | null
}
