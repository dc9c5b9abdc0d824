import { addMonths, currentMonth } from './format'

/** 补缴一般不超过 6 个月. */
const BACK_PAY_MONTHS = 6
/** An assessment may be entered for next year when it is decided in this one. */
const ASSESSED_AHEAD_MONTHS = 12
const MONTHS_OF_QUARTER = 3

/** Months as a picker offers them, `YYYY-MM`, both included. */
export interface MonthRange {
  start: string
  end: string
}

/** Months bills may be made for: six back, and to the end of the quarter. The server decides; this saves asking. */
export function billingMonths(thisMonth = currentMonth()): MonthRange {
  const monthOfQuarter = (Number(thisMonth.slice(5)) - 1) % MONTHS_OF_QUARTER
  return {
    start: addMonths(thisMonth, -BACK_PAY_MONTHS),
    end: addMonths(thisMonth, MONTHS_OF_QUARTER - 1 - monthOfQuarter),
  }
}

/** Months an assessment may begin with: no bill can be made for an earlier one. */
export function assessmentMonths(thisMonth = currentMonth()): MonthRange {
  return { start: addMonths(thisMonth, -BACK_PAY_MONTHS), end: addMonths(thisMonth, ASSESSED_AHEAD_MONTHS) }
}
