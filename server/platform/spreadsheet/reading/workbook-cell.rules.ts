import type { SheetCell } from './sheet-source.js'

/** What a cell of the wrong kind shows; a reader of its column will refuse it and say what was expected. */
const UNREADABLE = '#VALUE!'
const MILLISECONDS_PER_DAY = 86_400_000
/** Beyond fifteen digits Excel has already put zeros in place of what was typed. */
const EXACT_LIMIT = 1e15

/** A cell as its markup states it: the letter of its kind, the text of its value, whether its style shows a day. */
export interface MarkedCell {
  kind: string
  text: string
  showsDay: boolean
}

/**
 * The text a person sees, with the true date or number beside it. Of a formula the result counts that was saved with
 * it: formulas are never evaluated, and without a result the cell is empty.
 * @param sharedText the text with this number, undefined when the workbook has none such
 */
export function readCell(
  { kind, text, showsDay }: MarkedCell,
  date1904: boolean,
  sharedText: (index: number) => string | undefined,
): SheetCell {
  switch (kind) {
    case 's':
      return { text: sharedText(Number(text)) ?? UNREADABLE }
    case 'inlineStr':
    case 'str':
      return { text: plainText(text) }
    case 'b':
      return { text: text.trim() === '1' || text.trim() === 'true' ? 'TRUE' : 'FALSE' }
    case 'd':
      return dateCell(new Date(text.trim()))
    case 'e':
      return { text }
    default:
      return numberCell(text.trim(), showsDay, date1904)
  }
}

/** Spreadsheets write characters that markup cannot hold as _x000D_, and an underscore before such as _x005F_. */
export const plainText = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
    : text

/**
 * Not every program says that a number is a date. In a date column five digits have no other meaning, so they are
 * turned into the date the person sees.
 */
export function readDayNumber(cell: SheetCell, date1904: boolean): SheetCell {
  const days = cell.number
  if (days === undefined || !Number.isInteger(days) || days < 10_000 || days > 99_999) return cell
  return dateCell(dayOf(days, date1904))
}

function numberCell(text: string, showsDay: boolean, date1904: boolean): SheetCell {
  if (text === '') return { text: '' }
  const number = Number(text)
  if (!Number.isFinite(number)) return { text: UNREADABLE }
  return showsDay ? dateCell(dayOf(number, date1904)) : { text: numberText(number), number }
}

function dayOf(days: number, date1904: boolean): Date {
  const epoch = date1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, 30)
  return new Date(Math.round(epoch + days * MILLISECONDS_PER_DAY))
}

function dateCell(date: Date): SheetCell {
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
