/** A value to write. Text stays text, whatever it begins with; a number stays a number; null is an empty cell. */
export type CellValue = string | number | null

/** The most one cell of an .xlsx can hold, in UTF-16 units. */
const MAX_CELL_LENGTH = 32_767
/** The most a sheet's name can hold. */
const MAX_SHEET_NAME_LENGTH = 31
const NARROWEST = 6
const WIDEST = 40

/**
 * A text as a cell stores it. A line break in a cell is \n; XML would silently change any other. Spreadsheets read
 * _x0041_ as the character A, so the underscore is escaped to keep the text unchanged.
 */
export function cellText(text: string): string {
  const oneKindOfBreak = text.replace(/\r\n?/g, '\n')
  return oneKindOfBreak.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_').slice(0, MAX_CELL_LENGTH)
}

/** A name that Excel accepts for a sheet. */
export function sheetNameOf(name: string): string {
  const plain = name
    .replace(/[*?:\\/[\]]/g, ' ')
    .replace(/^'|'$/g, '')
    .trim()
    .slice(0, MAX_SHEET_NAME_LENGTH)
  return plain || 'Sheet1'
}

/** Width of a column, counted in Latin digits. A Han character counts as two. */
export function columnWidth(cells: readonly (CellValue | undefined)[]): number {
  const widths = cells.map((cell) =>
    [...String(cell ?? '')].reduce((width, character) => width + (character > '\u2e7f' ? 2 : 1), 0),
  )
  return Math.min(WIDEST, Math.max(NARROWEST, ...widths) + 2)
}
