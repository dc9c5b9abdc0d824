import { IsIn, IsOptional, IsString, Length, Matches } from 'class-validator'
import { IsDay, IsMonth } from '../platform/patterns.js'

export const SEXES = ['male', 'female'] as const
export type Sex = (typeof SEXES)[number]

/** Of what a member's record keeps the days. Of each kind one value holds on a day. */
export const MEMBER_FACT_KINDS = ['unit', 'category', 'standing', 'rights', 'art-23'] as const
export type MemberFactKind = (typeof MEMBER_FACT_KINDS)[number]

/** 人员类别 */
export const MEMBER_CATEGORIES = ['formal', 'probationary'] as const
export type MemberCategory = (typeof MEMBER_CATEGORIES)[number]

/** 党籍状态, as a roster writes it: the dues of a suspended member are not generated. */
export const ROSTER_STANDINGS = ['normal', 'suspended'] as const
/** What ends a membership here; a roster does not say it. */
export const MEMBER_ENDINGS = ['died', 'left', 'removed', 'transferred-out'] as const
export const MEMBER_STANDINGS = [...ROSTER_STANDINGS, ...MEMBER_ENDINGS] as const
export type MemberStanding = (typeof MEMBER_STANDINGS)[number]

/** Whether a member votes and may be elected; only votes; or neither. */
export const MEMBER_RIGHTS = ['full', 'vote-only', 'none'] as const
export type MemberRights = (typeof MEMBER_RIGHTS)[number]

/** Art. 23: nothing is demanded; recorded by the branch, or asked for by the member. */
export const ART_23_VALUES = ['none', 'by-branch', 'by-request'] as const
export type Art23 = (typeof ART_23_VALUES)[number]

/** What is to hold for a member from a day on. */
export class RecordMemberFact {
  @IsIn(MEMBER_FACT_KINDS)
  kind: MemberFactKind

  /** A unit's id for `unit`, else one of the values of the kind. */
  @IsString()
  @Length(1, 26)
  value: string

  /** First day on which it holds. */
  @IsDay()
  fromOn: string

  /** First day on which it no longer holds; without it, it ends where something recorded for later begins. */
  @IsOptional()
  @IsDay()
  untilOn?: string

  /** 党费交至: the last month whose dues were paid where the member came from; for a move. */
  @IsOptional()
  @IsMonth()
  duesPaidThrough?: string

  /** The document it rests on, such as 县组通〔2026〕14号. */
  @IsOptional()
  @IsString()
  @Length(2, 200)
  document?: string

  @IsString()
  @Length(2, 200)
  @Matches(/\S\s*\S/)
  reason: string
}

export class WithdrawMemberFact {
  @IsString()
  @Length(2, 200)
  @Matches(/\S\s*\S/)
  reason: string
}

export class MemberFactCan {
  withdraw: boolean
}

/** One dated fact of a member, withdrawn ones too. */
export class MemberFact {
  id: string
  kind: MemberFactKind
  value: string
  /** The value as people read it. */
  text: string
  fromOn: string
  /** First day on which it no longer holds; null while no end is known. */
  untilOn: string | null
  document: string | null
  reason: string | null
  /** How it came here, in words: recorded by the house, from a roster, or worked out when days began to be kept. */
  origin: string
  /** Name of who recorded it, with post or office as it was then; null when it was no person. */
  recordedBy: string | null
  recordedAt: string
  withdrawnAt: string | null
  /** Why it was taken back. */
  withdrawnReason: string | null
  can: MemberFactCan
}

/** Newest day first; at most 200. */
export class MemberFactList {
  items: MemberFact[]
}
