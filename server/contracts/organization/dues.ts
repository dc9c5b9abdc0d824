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
  amountFen: number
  sentence: string
  article: string
  reason: string
  /** ISO 8601, UTC. */
  assessedAt: string
}

/** Newest first, at most 100. */
export class AssessmentHistory {
  items: Assessment[]
}
