import { addMonths, monthInWords } from '../../../platform/config/business-time.js'
import { BACK_PAY_MONTHS, MONTHS_OF_QUARTER } from './dues.rules.js'

/** 补缴一般不超过 6 个月: bills are made for this month and at most six before it. */
export const earliestMonth = (thisMonth: string): string => addMonths(thisMonth, -BACK_PAY_MONTHS)

/** 可以每季度缴纳一次: the months of the current quarter may be billed together, none beyond it. */
export function latestMonth(thisMonth: string): string {
  const monthOfQuarter = (Number(thisMonth.slice(5)) - 1) % MONTHS_OF_QUARTER
  return addMonths(thisMonth, MONTHS_OF_QUARTER - 1 - monthOfQuarter)
}

/** Why bills or assessments may not start from a month, in words; null when they may. */
export function obstacleToMonth(month: string, thisMonth: string): string | null {
  const [earliest, latest] = [earliestMonth(thisMonth), latestMonth(thisMonth)]
  if (month >= earliest && month <= latest) return null
  return `只能选 ${monthInWords(earliest)}至${monthInWords(latest)}`
}
