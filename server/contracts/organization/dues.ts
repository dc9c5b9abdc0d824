import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
} from 'class-validator'
import { IsMonth } from '../platform/patterns.js'

export const DUES_CLASSES = [
  'wage',
  'annual-salary',
  'irregular',
  'retired',
  'farmer',
  'student',
  'laid-off',
  'relief',
] as const
export type DuesClass = (typeof DUES_CLASSES)[number]

export const BILL_STATES = ['unpaid', 'paid', 'waived', 'refunded'] as const
export type BillState = (typeof BILL_STATES)[number]

/** Why a bill has its amount: numbers from which anybody can compute it again. */
export class BillExplanation {
  duesClass: DuesClass
  /** Monthly base in fen; null for classes with a fixed amount. */
  baseFen: number | null
  /** Rate in hundredths of a percent (50 is 0.5 %); null for fixed amounts. */
  rateBasisPoints: number | null
  /** The sentence that explains the amount, with all numbers that are needed to compute it. */
  sentence: string
  /** Document and article. */
  article: string
}

export class BillCan {
  pay: boolean
}

export class Bill {
  id: string
  /** `YYYY-MM` */
  month: string
  amountFen: number
  state: BillState
  /** The unit the bill belongs to: where the member was in that month. */
  unitName: string
  explanation: BillExplanation
  /** To whom it is paid, where my unpaid bills go to several accounts: then each is paid by itself. Else null. */
  payee: string | null
  /** ISO 8601, UTC. */
  paidAt: string | null
  /** A payment that was opened and has neither settled nor closed. */
  pendingTradeNo: string | null
  can: BillCan
}

/** My bills, newest month first. */
export class BillPage {
  items: Bill[]
  next: string | null
  unpaidFen: number
  unpaidCount: number
}

export class PayBills {
  /** Bills of mine that are not paid; the server computes the amount. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(24)
  @ArrayUnique()
  @Matches(/^[0-9A-Za-z]{1,40}$/, { each: true })
  billIds: string[]
}

export const LATER_ASSESSMENTS = ['keep', 'replace'] as const
export type LaterAssessments = (typeof LATER_ASSESSMENTS)[number]

export class AssessDues {
  /** First month it holds for, `YYYY-MM`. */
  @IsMonth()
  fromMonth: string

  @IsIn(DUES_CLASSES)
  duesClass: DuesClass

  /** Monthly base in fen, for classes computed from one. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(100_000_000)
  baseFen?: number

  /** What becomes of assessments already made for later months; needed when there are any. */
  @IsOptional()
  @IsIn(LATER_ASSESSMENTS)
  later?: LaterAssessments

  @IsString()
  @Length(2, 200)
  @Matches(/\S\s*\S/)
  reason: string
}

export class Assessment {
  id: string
  fromMonth: string
  /** First month it no longer holds for; null while it is the current one. */
  untilMonth: string | null
  duesClass: DuesClass
  baseFen: number | null
  /** Null for a class with a fixed amount, and while the base is not known. */
  amountFen: number | null
  sentence: string
  article: string
  reason: string | null
  /** Name of who assessed, with post or office as it was then; null when it was no person. */
  assessedBy: string | null
  /** ISO 8601, UTC. */
  assessedAt: string
  /** When another entry took its place; null while it holds. */
  withdrawnAt: string | null
}

/** Newest first, at most 100. */
export class AssessmentHistory {
  items: Assessment[]
}

export const BILL_CAUSES = ['unit', 'standing', 'assessment', 'policy', 'joined'] as const
/** The fact that changed: where the member belongs, whether they are one, how they pay, what the unit decided, or since when they are one. */
export type BillCause = (typeof BILL_CAUSES)[number]

/** An unpaid bill of mine that says something else than before. */
export class BillChange {
  id: string
  /** `YYYY-MM` */
  month: string
  oldFen: number
  /** Null: nothing is owed for the month any more. */
  newFen: number | null
  /** What changed, in words. */
  cause: string
  reason: string | null
  /** ISO 8601, UTC. */
  at: string
}

/** Newest first, at most 24. */
export class BillChangeList {
  items: BillChange[]
}

/** A bill that was paid, or is being paid, and by the facts known now should say something else. */
export class DuesDifference {
  billId: string
  memberId: string
  memberName: string
  unitName: string
  /** `YYYY-MM` */
  month: string
  billedFen: number
  /** 0 when nothing is owed. */
  owedFen: number
  /** `waiting`: an order is open, and the bill follows when it closes. `paid`: a person has to settle it. */
  state: 'waiting' | 'paid'
  /** What changed, in words. */
  cause: string
  reason: string | null
  /** ISO 8601, UTC. */
  noticedAt: string
}

export class DuesDifferencePage {
  items: DuesDifference[]
  next: string | null
}
