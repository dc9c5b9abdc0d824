import type { SheetCell } from './sheet-source.js'

/** Text of a cell that cannot be read. The reader of its column refuses it and says what was expected. */
const UNREADABLE = '#VALUE!'
const MILLISECONDS_PER_DAY = 86_400_000
/** Beyond 15 digits Excel has already replaced the typed digits by zeros. */
const EXACT_LIMIT = 1e15

/** A cell as its markup states it: the letter of its kind, the text of its value, whether its style shows a day. */
export interface MarkedCell {
  kind: string
  text: string
  showsDay: boolean
}

/**
 * The text that a person sees, with the true date or number beside it. For a formula the saved result is read:
 * formulas are never evaluated, and without a result the cell is empty.
 * @param sharedText the shared text with this number, undefined when the workbook has none
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

/** Decodes _x000D_ and the like, for characters that XML cannot hold. An underscore before such a text is _x005F_. */
export const plainText = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
    : text

/**
 * Not every program marks a number as a date. In a date column five digits can only be a day number, so they become
 * the date that the person sees.
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
  // In Excel's notation. When the row is exported and uploaded again, the lost digits are still noticed.
  return value
    .toExponential(14)
    .replace(/\.?0+e/, 'e')
    .toUpperCase()
}
