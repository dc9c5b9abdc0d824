import type { SheetCell } from '../../../platform/spreadsheet/reading/sheet-source.js'
import { calendarDate } from '../members/rules.js'
import { withoutTextMark, type CellReading } from './roster-cells.rules.js'

const EXPECTED = '应写成 1983-03-21 这样的年月日'
/** Nobody on a roster was born earlier; an earlier year is a typing error. */
const EARLIEST_YEAR = 1900

/** A day, or a month of which the file does not say the day (`day` is then its first). */
export interface RosterDate {
  day: string
  monthOnly: boolean
}

/**
 * Reads the ways dates are written in rosters: a true date cell, 1983-03-21, 1983/3/21, 1983.3.21, 1983年3月21日,
 * 19830321, and 1983年3月 or 1983.3 (a month alone). Two-digit years are refused: 38 may be 1938 or 2038.
 * `notAfter` ('YYYY-MM-DD') is the last day allowed, normally today.
 */
export function readDate(cell: SheetCell, notAfter: string | null): CellReading<RosterDate> {
  if (/^#{2,}$/.test(cell.text.trim())) {
    return { problem: '列太窄，Excel 存成了 ####。请加宽这一列，重新保存后再上传' }
  }
  const parts = cell.date ? splitDate(cell.date) : splitDate(plainDateText(cell.text))
  if (!parts) return { problem: `读不出日期，${EXPECTED}` }
  if (parts.year.length === 2) return { problem: `年份要写四位，${EXPECTED}` }
  const monthOnly = parts.day === undefined
  // Excel shows the number 1983.10 as 1983.1, so a numeric cell cannot tell January from October.
  if (monthOnly && cell.number !== undefined) return { problem: `Excel 把它当成了小数，${EXPECTED}` }
  const day = calendarDate(Number(parts.year), Number(parts.month), Number(parts.day ?? '1'))
  if (!day || Number(parts.year) < EARLIEST_YEAR) return { problem: `没有这一天，${EXPECTED}` }
  if (notAfter && day > notAfter) return { problem: '日期在今天之后，请核对' }
  return { value: { day, monthOnly } }
}

function plainDateText(text: string): string {
  return (
    withoutTextMark(text)
      .normalize('NFKC')
      .trim()
      // The match starts at the first space of a gap: starting at every space would take the square of the length.
      .replace(/(?<![T\s])[T\s]+\d{1,2}:\d{2}(:\d{2})?(\.\d+)?$/, '')
      .replace(/[\s\p{Cf}]+/gu, '')
      .replace(/[。·、—–−‐]/g, '.')
  )
}

function splitDate(text: string): { year: string; month: string; day?: string } | null {
  const match =
    /^(\d{4})(\d{2})(\d{2})$/.exec(text) ??
    /^(\d{4}|\d{2})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text) ??
    /^(\d{4}|\d{2})[-/.年](\d{1,2})月?$/.exec(text)
  const [, year, month, day] = match ?? []
  return year && month ? { year, month, ...(day && { day }) } : null
}

/** The same day so many years later; 29 February becomes 1 March where the year has none. */
export function yearsAfter(day: string, years: number): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCFullYear(date.getUTCFullYear() + years)
  return date.toISOString().slice(0, 10)
}
