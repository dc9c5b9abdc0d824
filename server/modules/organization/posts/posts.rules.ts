import type { Days } from '../../../platform/periods/periods.rules.js'
import { isDay } from '../members/rules.js'

interface Problem {
  field: 'fromOn' | 'untilOn'
  message: string
}

/** A post may be decided some months before it is taken up, not more. */
const MOST_YEARS_AHEAD = 1

/** What of the days of a post cannot be, in the words for its field; null when they can be. @param today `YYYY-MM-DD` */
export function problemWithDays(
  { fromOn, untilOn }: Days,
  { joinedOn }: { joinedOn: string },
  today: string,
): Problem | null {
  if (!isDay(fromOn)) return { field: 'fromOn', message: '没有这一天，请重新选择日期' }
  if (untilOn !== null && !isDay(untilOn)) return { field: 'untilOn', message: '没有这一天，请重新选择日期' }
  if (fromOn < joinedOn) return { field: 'fromOn', message: `不能早于入党的日期 ${joinedOn}` }
  const latest = `${Number(today.slice(0, 4)) + MOST_YEARS_AHEAD}${today.slice(4)}`
  if (fromOn > latest) return { field: 'fromOn', message: '最多提前一年登记' }
  if (untilOn !== null && untilOn <= fromOn) {
    return { field: 'untilOn', message: '结束的日期要在开始的日期之后' }
  }
  return null
}
