import { IsString, Length, Matches } from 'class-validator'

export type ApprovalState = 'waiting' | 'approved' | 'refused' | 'withdrawn' | 'lapsed'

/** One line of what is asked for, such as 新手机号 199****0002. */
export class ApprovalLine {
  label: string
  value: string
}

export class ApprovalCan {
  /** Approve or refuse it. */
  decide: boolean
  /** Take it back: the reader asked for it. */
  withdraw: boolean
  /** Refuse it because it is about the reader. */
  object: boolean
}

/** A request that a second person decides, or a list of requests that are decided together. */
export class Approval {
  id: string
  /** What kind of request, such as `member.phone`. */
  kind: string
  state: ApprovalState
  /** How many requests are decided together; 1 for most. */
  count: number
  title: string
  /** What is asked for; empty for a list, whose requests have their own lines. */
  lines: ApprovalLine[]
  /** Titles of the first three of a list. */
  first: string[]
  requesterName: string
  /** ISO 8601, UTC, like the other times. */
  requestedAt: string
  /** When it ends by itself. */
  lapsesAt: string
  /** Null until it is decided. */
  deciderName: string | null
  decidedAt: string | null
  /** What the person who decided said. */
  opinion: string | null
  /** Said to whoever asked: nobody in the app may decide it, so an operator has to. */
  nobodyElse: boolean
  /** Whether deciding asks for the PIN. */
  asksPin: boolean
  can: ApprovalCan
}

export class ApprovalPage {
  items: Approval[]
  /** `cursor` of the next page, or null. */
  next: string | null
}

/** One request of a list. */
export class ApprovalRequestLine {
  id: string
  state: ApprovalState
  title: string
  lines: ApprovalLine[]
}

export class ApprovalRequestPage {
  items: ApprovalRequestLine[]
  next: string | null
}

export class RefuseApproval {
  /** Why not, in words; shown to whoever asked. */
  @IsString()
  @Length(2, 200)
  @Matches(/\S\s*\S/)
  opinion: string
}
