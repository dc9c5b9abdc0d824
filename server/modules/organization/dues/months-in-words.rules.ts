import { addMonths } from '../../../platform/config/business-time.js'

/**
 * The months that are paid, as WeChat's sheet shows them: `2026年9月`, `2026年9月至11月`, `2025年12月、2026年2月至3月`.
 * Twenty-four months stay under the 127 characters that WeChat takes.
 * @param months `YYYY-MM`, in any order
 */
export function monthsInWords(months: readonly string[]): string {
  const runs: Array<{ first: string; last: string }> = []
  for (const month of [...months].sort()) {
    const run = runs.at(-1)
    if (run && addMonths(run.last, 1) === month) run.last = month
    else runs.push({ first: month, last: month })
  }
  let year = ''
  const word = (month: string): string => {
    const isSameYear = month.slice(0, 4) === year
    year = month.slice(0, 4)
    return `${isSameYear ? '' : `${year}年`}${Number(month.slice(5))}月`
  }
  return runs
    .map(({ first, last }) => (first === last ? word(first) : `${word(first)}至${word(last)}`))
    .join('、')
}
