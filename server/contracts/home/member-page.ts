import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator'
import { PageQuery } from '../platform/paging.js'
import { IsId } from '../platform/patterns.js'
import type { DuesClass } from '../organization/dues.js'
import type { MemberCategory, MemberStanding, Sex } from '../organization/member-fact.js'

export const ASSESSMENT_FILTERS = ['missing', 'near-zero'] as const
export type AssessmentFilter = (typeof ASSESSMENT_FILTERS)[number]

export class ListMembers extends PageQuery {
  /** Only this unit and what stands below it. */
  @IsOptional()
  @IsId()
  unitId?: string

  /** Part of a name. */
  @IsOptional()
  @IsString()
  @MaxLength(60)
  q?: string

  /** Only those whom nobody has assessed, so that they cannot be billed this month, or whose base is zero or hardly more. */
  @IsOptional()
  @IsIn(ASSESSMENT_FILTERS)
  assessment?: AssessmentFilter
}

/** A member in a list: telephone masked, no ID number at all. */
export class MemberRow {
  id: string
  name: string
  unitName: string
  category: MemberCategory
  duesClass: DuesClass
  phone: string | null
  bound: boolean
}

export class MemberPage {
  items: MemberRow[]
  next: string | null
}

/** Unpaid months of a member that belong to a unit where they were before. */
export class UnpaidElsewhere {
  unitName: string
  monthCount: number
  /** The oldest, `YYYY-MM`. */
  sinceMonth: string
  /** Only for readers who may read the dues of that unit. */
  unpaidFen: number | null
}

export class MemberCan {
  /** Record what becomes of the member: a move, a death, and the like. */
  record: boolean
  /** Ask the wider unit in which the member holds a role to record it. */
  askToRecord: boolean
  /** Enter another telephone number; that of somebody who is bound waits for a second person. */
  changePhone: boolean
  disclose: boolean
  assess: boolean
  /** See what was assessed and what is paid. */
  readDues: boolean
  /** Ask for a role for the member. */
  giveRole: boolean
}

/** The roster's fields of one member, personal numbers masked. */
export class Member {
  id: string
  name: string
  sex: Sex
  unitId: string
  unitName: string
  /** Masked, for example `9****************4`. */
  idNumber: string
  phone: string | null
  address: string | null
  nationality: string
  education: string
  birthDate: string
  category: MemberCategory
  joinedOn: string
  regularizedOn: string | null
  post: string | null
  standing: MemberStanding
  lostContact: boolean
  floating: boolean
  duesClass: DuesClass
  /** What is paid monthly now in fen; null while an assessment is missing, and for readers without `readDues`. */
  monthlyFen: number | null
  /** Oldest first, at most five units; empty for readers who may not read dues. */
  unpaidElsewhere: UnpaidElsewhere[]
  bound: boolean
  can: MemberCan
}

/** Something that happened to a member, on its day. */
export class TimelineEntry {
  /** `YYYY-MM-DD`, or `YYYY-MM` when only the month matters. */
  on: string
  text: string
}

/** What happened to a member, newest first; at most 100. */
export class Timeline {
  items: TimelineEntry[]
}
