import { addMonths, currentMonth } from './format'

/** 补缴一般不超过 6 个月 (back payment is limited to six months). */
const BACK_PAY_MONTHS = 6
/** An assessment may begin up to a year ahead, because it is often decided in the year before. */
const ASSESSED_AHEAD_MONTHS = 12
const MONTHS_OF_QUARTER = 3

/** The first and last month that a picker offers, `YYYY-MM`, inclusive. */
export interface MonthRange {
  start: string
  end: string
}

/** Months for which bills can be made: from six months ago to the end of this quarter. The server checks this again. */
export function billingMonths(thisMonth = currentMonth()): MonthRange {
  const monthOfQuarter = (Number(thisMonth.slice(5)) - 1) % MONTHS_OF_QUARTER
  return {
    start: addMonths(thisMonth, -BACK_PAY_MONTHS),
    end: addMonths(thisMonth, MONTHS_OF_QUARTER - 1 - monthOfQuarter),
  }
}

/** Months with which an assessment may begin. An earlier start has no effect, because no bill can be made for it. */
export function assessmentMonths(thisMonth = currentMonth()): MonthRange {
  return { start: addMonths(thisMonth, -BACK_PAY_MONTHS), end: addMonths(thisMonth, ASSESSED_AHEAD_MONTHS) }
}
