import { IsOptional, IsString, Length, Matches } from 'class-validator'
import { IsDay, IsId } from '../platform/patterns.js'

/** Titles that are offered; others can be typed. */
export const POST_TITLES = [
  '书记',
  '第一书记',
  '副书记',
  '组织委员',
  '宣传委员',
  '纪检委员',
  '青年委员',
  '妇女委员',
  '统战委员',
  '群工委员',
  '委员',
  '党小组长',
] as const

/** What every command about a post says besides: on what document it rests, and why. */
export class PostEvidence {
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

/** A title and the days on which it is held. */
export class PostContent extends PostEvidence {
  @IsString()
  @Length(2, 30)
  @Matches(/\S\s*\S/)
  title: string

  @IsDay()
  fromOn: string

  /** First day on which it is no longer held; without it the post is held until further notice. */
  @IsOptional()
  @IsDay()
  untilOn?: string
}

/** A member begins to hold a post in the unit. */
export class HoldPost extends PostContent {
  @IsId()
  memberId: string
}

/** What a post should have said; the row is withdrawn and this one put in its place. */
export class CorrectPost extends PostContent {}

/** A post ends. */
export class EndPost extends PostEvidence {
  /** First day on which it is no longer held. */
  @IsDay()
  untilOn: string
}

/** A post that was recorded by mistake. */
export class WithdrawPost {
  @IsString()
  @Length(2, 200)
  @Matches(/\S\s*\S/)
  reason: string
}

export class UnitPostCan {
  /** End, correct and withdraw it. */
  change: boolean
}

/** That a member holds a post in a unit from a day until a day. */
export class HeldPost {
  id: string
  memberId: string
  memberName: string
  /** The member's unit while it is not this one or one below it, else null. */
  elsewhere: string | null
  title: string
  fromOn: string
  /** First day on which it is no longer held; null while no end is known. */
  untilOn: string | null
  document: string | null
  reason: string | null
  /** Name of who recorded it, with post or office as it was then; null when it was no person. */
  recordedBy: string | null
  recordedAt: string
  withdrawnAt: string | null
  withdrawnReason: string | null
  can: UnitPostCan
}

export class UnitPostsCan {
  /** Decide posts of this unit. */
  decide: boolean
  /** Decide who is 书记 and 副书记 too: for whoever decides posts of the unit above. */
  decideLeading: boolean
}

/** Who holds which post on a day, highest first; at most 200. */
export class UnitPostList {
  unitName: string
  /** `YYYY-MM-DD` */
  day: string
  items: HeldPost[]
  can: UnitPostsCan
}

/** All that was ever recorded of a unit's posts, withdrawn ones too, latest day first; at most 200. */
export class UnitPostHistory {
  items: HeldPost[]
}

/** On which day; today when not given. */
export class UnitPostsQuery {
  @IsOptional()
  @IsDay()
  day?: string
}
