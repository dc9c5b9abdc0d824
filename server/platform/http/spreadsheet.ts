import type ExcelJS from 'exceljs'
import { spreadsheetLibrary } from './spreadsheet-library.js'

/** Text stays text whatever it begins with; a number is written as a number; null is an empty cell. */
export type SpreadsheetCell = string | number | null

export interface Spreadsheet {
  sheetName: string
  headings: readonly string[]
  rows: readonly (readonly SpreadsheetCell[])[]
}

/** The most one cell of an .xlsx can hold, in UTF-16 units. */
const MAX_CELL_LENGTH = 32_767
/** The most a sheet's name can hold. */
const MAX_SHEET_NAME_LENGTH = 31
const NARROWEST = 6
const WIDEST = 40
/** Rows looked at to choose column widths. */
export const WIDTH_SAMPLE = 200
const TEXT_FORMAT = '@'

/**
 * An .xlsx file of one sheet with a header row. Every text is stored as a string under the text format, so that
 * `=1+1` given by a member is not evaluated, neither when the file is opened nor when someone edits the cell.
 * No apostrophe is put in front: in a workbook it would be a visible part of the text and survive re-importing.
 */
export async function textWorkbook({ sheetName, headings, rows }: Spreadsheet): Promise<Buffer> {
  const { Workbook } = await spreadsheetLibrary()
  const workbook = new Workbook()
  const sheet = workbook.addWorksheet(safeSheetName(sheetName), { views: [{ state: 'frozen', ySplit: 1 }] })
  writeRow(sheet, 1, headings)
  sheet.getRow(1).font = { bold: true }
  rows.forEach((row, index) => {
    writeRow(sheet, index + 2, row)
  })
  headings.forEach((heading, index) => {
    sheet.getColumn(index + 1).width = columnWidth([
      heading,
      ...rows.slice(0, WIDTH_SAMPLE).map((row) => row[index]),
    ])
  })
  return Buffer.from(await workbook.xlsx.writeBuffer())
}

function writeRow(sheet: ExcelJS.Worksheet, rowNumber: number, cells: readonly SpreadsheetCell[]): void {
  fillRow(sheet.getRow(rowNumber), cells)
}

/** Puts values into a row, each text under the text format. */
export function fillRow(row: ExcelJS.Row, cells: readonly SpreadsheetCell[]): void {
  cells.forEach((value, index) => {
    if (value === null || value === '') return
    const cell = row.getCell(index + 1)
    if (typeof value === 'number') {
      cell.value = value
      return
    }
    cell.value = safeText(value)
    cell.numFmt = TEXT_FORMAT
  })
}

function safeText(text: string): string {
  // A line break in a cell is \n; XML would silently change any other. Spreadsheets read _x0041_ as the character A; the escaped underscore keeps the text as it was.
  const oneKindOfBreak = text.replace(/\r\n?/g, '\n')
  return oneKindOfBreak.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_').slice(0, MAX_CELL_LENGTH)
}

export function safeSheetName(name: string): string {
  const plain = name
    .replace(/[*?:\\/[\]]/g, ' ')
    .replace(/^'|'$/g, '')
    .trim()
    .slice(0, MAX_SHEET_NAME_LENGTH)
  return plain || 'Sheet1'
}

/** In characters of a Latin digit, of which a Han character takes two. */
export function columnWidth(cells: readonly (SpreadsheetCell | undefined)[]): number {
  const widths = cells.map((cell) =>
    [...String(cell ?? '')].reduce((width, character) => width + (character > '\u2e7f' ? 2 : 1), 0),
  )
  return Math.min(WIDEST, Math.max(NARROWEST, ...widths) + 2)
}
