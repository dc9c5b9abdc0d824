import type { CellValue } from 'exceljs'
import type { RawCell } from './roster-cells.rules.js'

/** What a cell of the wrong kind shows; a reader of its column will refuse it and say what was expected. */
const UNREADABLE = '#VALUE!'
const MILLISECONDS_PER_DAY = 86_400_000
/** Beyond fifteen digits Excel has already put zeros in place of what was typed. */
const EXACT_LIMIT = 1e15

/**
 * The text a person sees, with the true date or number beside it. Formulas are never evaluated: the result that was
 * saved with them counts, and without one the cell is empty.
 */
export function readCellValue(value: CellValue | undefined): RawCell {
  if (value === null || value === undefined) return { text: '' }
  if (typeof value === 'string') return { text: value }
  if (typeof value === 'number') return { text: numberText(value), number: value }
  if (typeof value === 'boolean') return { text: value ? 'TRUE' : 'FALSE' }
  if (value instanceof Date) return dateCell(value)
  if ('richText' in value) return { text: value.richText.map((run) => run.text).join('') }
  if ('error' in value) return { text: value.error }
  if ('formula' in value || 'sharedFormula' in value) return readCellValue(value.result)
  // The types promise a string here, yet a link over formatted text carries its runs.
  if ('text' in value) return readCellValue(value.text)
  return { text: '' }
}

/**
 * The library does not know the Chinese built-in date formats (27 to 36 and 50 to 58) and hands over the bare number of
 * the day. In a date column five digits have no other meaning, so they are turned into the date the person sees.
 */
export function readDayNumber(cell: RawCell, date1904: boolean): RawCell {
  const days = cell.number
  if (days === undefined || !Number.isInteger(days) || days < 10_000 || days > 99_999) return cell
  const epoch = date1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, 30)
  return dateCell(new Date(epoch + days * MILLISECONDS_PER_DAY))
}

function dateCell(date: Date): RawCell {
  if (Number.isNaN(date.getTime())) return { text: UNREADABLE }
  const day = date.toISOString().slice(0, 10)
  return { text: day, date: day }
}

function numberText(value: number): string {
  if (Math.abs(value) < EXACT_LIMIT) return String(Number(value.toPrecision(15)))
  // As Excel shows it, so that a row given back and sent in again is still known to have lost digits.
  return value
    .toExponential(14)
    .replace(/\.?0+e/, 'e')
    .toUpperCase()
}
