import type { MemberFactKind } from '../../../contracts/organization/member-fact.js'
import { FACT_RULES } from './member-facts.rules.js'
import { isDay } from './id-number.rules.js'

/** What is asked for; fields that were left out are undefined. */
export interface AskedFact {
  kind: MemberFactKind
  value: string
  fromOn: string
  untilOn: string | undefined
  duesPaidThrough: string | undefined
}

interface Problem {
  field: string
  message: string
}

/** Days before which nothing can have been recorded of a living branch. */
const EARLIEST = '1921-07-01'
/** A move or an ending may be known some months ahead, not more. */
const MOST_YEARS_AHEAD = 1

/** What of a request cannot be, in the words for its field; null when it can. @param today `YYYY-MM-DD` */
export function problemWith(
  { kind, value, fromOn, untilOn, duesPaidThrough }: AskedFact,
  { joinedOn }: { joinedOn: string },
  today: string,
): Problem | null {
  const { values, name } = FACT_RULES[kind]
  if (values && !values.includes(value)) return { field: 'value', message: `${name}没有这一项，请重新选择` }
  if (!isDay(fromOn)) return { field: 'fromOn', message: '没有这一天，请重新选择日期' }
  if (untilOn !== undefined && !isDay(untilOn)) {
    return { field: 'untilOn', message: '没有这一天，请重新选择日期' }
  }
  if (untilOn !== undefined && untilOn <= fromOn) {
    return { field: 'untilOn', message: '结束的日期要在开始的日期之后' }
  }
  if (fromOn < EARLIEST || fromOn < joinedOn) {
    return { field: 'fromOn', message: `不能早于入党的日期 ${joinedOn}` }
  }
  if (fromOn > yearsAfter(today, MOST_YEARS_AHEAD)) {
    return { field: 'fromOn', message: '最多提前一年登记' }
  }
  if (duesPaidThrough !== undefined && kind !== 'unit') {
    return { field: 'duesPaidThrough', message: '只有转到别的支部时才填党费交至哪个月' }
  }
  return null
}

const yearsAfter = (day: string, years: number): string => `${Number(day.slice(0, 4)) + years}${day.slice(4)}`
