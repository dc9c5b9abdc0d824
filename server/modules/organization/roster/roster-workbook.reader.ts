import ExcelJS from 'exceljs'
import { inSilence } from './console-silence.js'
import type { RawCell } from './roster-cells.rules.js'
import { hasHeader, layOutSheet, type Grid, type RosterSheet } from './roster-sheet.rules.js'
import { UnreadableWorkbook } from './unreadable-workbook.error.js'
import { readCellValue } from './workbook-cell.reader.js'
import { inspectWorkbookContainer } from './workbook-container.rules.js'

/**
 * Parts of a sheet that carry no cell. Besides being of no use, some are dangerous: a drop-down list over a whole
 * column would become a million objects, and a link or drawing the library does not know makes it fail.
 */
const IGNORED_PARTS = [
  'autoFilter',
  'cols',
  'conditionalFormatting',
  'dataValidations',
  'drawing',
  'extLst',
  'headerFooter',
  'hyperlinks',
  'picture',
  'rowBreaks',
  'sheetProtection',
  'sheetViews',
  'tableParts',
]

/**
 * Reads a member roster from the bytes of an .xlsx file: the first sheet, visible ones before hidden ones, that has a
 * header row. Throws UnreadableWorkbook when the file as a whole cannot be used. Nothing is kept or written.
 */
export async function readRosterWorkbook(bytes: Buffer): Promise<RosterSheet> {
  inspectWorkbookContainer(bytes)
  const workbook = await load(bytes)
  const sheets = [...workbook.worksheets].sort(
    (one, other) => Number(isHidden(one)) - Number(isHidden(other)),
  )
  const grids = sheets.map(toGrid)
  if (grids.every((grid) => grid.rows.length === 0)) {
    throw new UnreadableWorkbook('roster.workbook-empty', '工作簿里没有内容。请选择填好的党员花名册再上传。')
  }
  const grid = grids.find(hasHeader)
  if (!grid) {
    throw new UnreadableWorkbook(
      'roster.header-missing',
      '没有找到表头。请在花名册上方保留一行列名，至少有“姓名”“公民身份号码”“所在党支部”。',
    )
  }
  const sheet = layOutSheet(grid)
  const unread = grids.filter((other) => other !== grid && other.rows.length > 0)
  if (unread.length === 0) return sheet
  const names = unread.map((other) => `“${other.sheetName}”`).join('')
  return { ...sheet, notes: [...sheet.notes, `只读取了工作表“${grid.sheetName}”，没有读取${names}`] }
}

async function load(bytes: Buffer): Promise<ExcelJS.Workbook> {
  const workbook = new ExcelJS.Workbook()
  try {
    // The library declares a Buffer of its own; an ArrayBuffer satisfies both.
    const copy = new Uint8Array(bytes).buffer
    await inSilence(() => workbook.xlsx.load(copy, { ignoreNodes: IGNORED_PARTS }))
  } catch {
    // Its errors speak of its own innards and may quote cells: neither belongs on a screen or in a log.
    throw new UnreadableWorkbook(
      'roster.workbook-damaged',
      '工作簿读不出来，可能已损坏。请在 Excel 中新建一个工作簿，把花名册内容复制过去（粘贴为数值），保存为 .xlsx 后再上传。',
    )
  }
  return workbook
}

function isHidden(sheet: ExcelJS.Worksheet): boolean {
  return sheet.state !== 'visible'
}

function toGrid(sheet: ExcelJS.Worksheet): Grid {
  const date1904 = sheet.workbook.properties.date1904
  const rows: Grid['rows'] = []
  sheet.eachRow((row, rowNumber) => {
    const cells: RawCell[] = []
    row.eachCell((cell, column) => {
      const read = readMergedCell(cell)
      if (read.text.trim() === '') return
      while (cells.length < column - 1) cells.push({ text: '' })
      cells[column - 1] = read
    })
    if (cells.length > 0) rows.push({ rowNumber, cells })
  })
  return { sheetName: sheet.name, rows, date1904 }
}

/** A branch's name is often merged down over its members; a title merged across is one cell, not many. */
function readMergedCell(cell: ExcelJS.Cell): RawCell {
  if (!cell.isMerged || cell.master === cell) return readCellValue(cell.value)
  return cell.master.col === cell.col ? readCellValue(cell.master.value) : { text: '' }
}
