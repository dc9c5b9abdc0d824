import { IsIn, IsOptional } from 'class-validator'
import { PageQuery } from '../platform/paging.js'
import { IsId, IsMonth } from '../platform/patterns.js'
import { BILL_STATES, type BillState } from './dues.js'

/** `visit`: unpaid and without a telephone on the roster. */
export const LEDGER_FILTERS = [...BILL_STATES, 'visit'] as const
export type LedgerFilter = (typeof LEDGER_FILTERS)[number]

export class LedgerScope {
  /** `YYYY-MM`; the current month when not given. */
  @IsOptional()
  @IsMonth()
  month?: string

  /** Only this unit and what stands below it. */
  @IsOptional()
  @IsId()
  unitId?: string
}

export class LedgerQuery extends PageQuery {
  /** `YYYY-MM`; the current month when not given. */
  @IsOptional()
  @IsMonth()
  month?: string

  /** Only this unit and what stands below it. */
  @IsOptional()
  @IsId()
  unitId?: string

  @IsOptional()
  @IsIn(LEDGER_FILTERS)
  state?: LedgerFilter
}

export class LedgerTotals {
  dueCount: number
  dueFen: number
  paidCount: number
  paidFen: number
  unpaidCount: number
  unpaidFen: number
}

export class LedgerRow {
  billId: string
  memberId: string
  memberName: string
  unitName: string
  amountFen: number
  state: BillState
  /** ISO 8601, UTC. */
  paidAt: string | null
  /** No telephone on the roster: somebody has to visit the member. */
  needsVisit: boolean
}

/** The month's dues of the actor's scope: who needs a visit first, then the other unpaid, then by name. */
export class LedgerPage {
  month: string
  totals: LedgerTotals
  /** Of the unpaid: members without a telephone. */
  visitCount: number
  items: LedgerRow[]
  next: string | null
}

export class LedgerMonth {
  month: string
  totals: LedgerTotals
}

/** Newest month first, at most 24. */
export class LedgerMonthList {
  items: LedgerMonth[]
}
