import { addMonths } from '../../../platform/config/business-time.js'

/*
 * Which day decides what a member owes for a month. The regulations speak of some cases; the rest is our choice, the
 * same for everybody, and docs/regulations.md says so.
 */

/** What happened within a month, which day decides, and who says so. */
export const DECISIVE_DAYS = {
  accepted: { decides: '自支部大会通过之月起缴纳', source: '《规定》第八条' },
  died: { decides: '去世当月不再收缴', source: 'ours' },
  left: { decides: '退党、除名生效当月不再收缴', source: 'ours' },
  suspended: { decides: '月末仍停止党籍的，当月不收缴；当月恢复的照常缴纳', source: 'ours' },
  moved: {
    decides: '介绍信写明党费交至哪月，下月起在新支部缴纳；没有写明的，当月仍在原支部',
    source: 'letter',
  },
  class: { decides: '按当月 1 日的类别和基数', source: 'ours' },
  wage: { decides: '新的工资从首次领取之月起计算，由核定写明起始月份', source: '《规定》第十条' },
  policy: { decides: '按当月 1 日的单位规定', source: 'ours' },
} as const

/** The day whose class, policy and place decide: the first of the month. */
export const firstDay = (month: string): string => `${month}-01`

/** The day whose standing decides, `YYYY-MM-DD`: the last of the month. */
export function lastDay(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return `${month}-${String(new Date(Date.UTC(year, number, 0)).getUTCDate()).padStart(2, '0')}`
}

const monthOf = (day: string): string => day.slice(0, 7)

export interface Arrival {
  /** First day in the unit. */
  fromOn: string
  /** 党费交至, `YYYY-MM`; null where no letter says it. */
  duesPaidThrough: string | null
}

/**
 * The first month whose dues belong to the unit that a member has come to.
 * @param isFirst nothing is known of a unit before: then the month of arrival itself is the unit's
 */
export function firstMonthAt({ fromOn, duesPaidThrough }: Arrival, isFirst: boolean): string {
  if (duesPaidThrough !== null) return addMonths(duesPaidThrough, 1)
  const month = monthOf(fromOn)
  return isFirst || fromOn === firstDay(month) ? month : addMonths(month, 1)
}
