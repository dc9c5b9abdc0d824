import ExcelJS from 'exceljs'
import request from 'supertest'
import type { Caller } from '../../support/world.js'

export type Cell = ExcelJS.CellValue

export interface OpenedSheet {
  name: string
  headings: string[]
  /** Below the header row, in order: what each column holds, as Excel would understand it. */
  rows: Array<Record<string, Cell>>
}

/** What a cell of text or number says. */
export const textOf = (cell: Cell | undefined): string =>
  typeof cell === 'string' || typeof cell === 'number' ? String(cell) : ''

/** An .xlsx with one sheet of these rows. */
export async function workbookOf(rows: Cell[][], sheetName = '党员花名册'): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook()
  workbook.addWorksheet(sheetName).addRows(rows)
  return Buffer.from(await workbook.xlsx.writeBuffer())
}

/** Opens a file that we sent, with its first row as header. */
export async function openWorkbook(bytes: Buffer): Promise<OpenedSheet> {
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.load(new Uint8Array(bytes).buffer)
  const [sheet] = workbook.worksheets
  if (!sheet) throw new Error('a workbook without a sheet')
  const [headings = [], ...rows] = Array.from({ length: sheet.rowCount }, (_, index) =>
    Array.from({ length: sheet.columnCount }, (_, column) => sheet.getCell(index + 1, column + 1).value),
  )
  const names = headings.map((heading) => (typeof heading === 'string' ? heading : ''))
  return {
    name: sheet.name,
    headings: names,
    rows: rows.map((cells) => Object.fromEntries(names.map((name, index) => [name, cells[index] ?? null]))),
  }
}

/** Downloads a file as the mini-program does. */
export async function download(caller: Caller, path: string): Promise<{ bytes: Buffer; fileName: string }> {
  const answer = await caller.get(path).responseType('blob').expect(200)
  const [, encoded = ''] = /filename\*=UTF-8''(\S+)/.exec(answer.headers['content-disposition'] ?? '') ?? []
  return { bytes: answer.body as Buffer, fileName: decodeURIComponent(encoded) }
}

/** Uploads a roster as `wx.uploadFile` does. */
export function upload(
  caller: Caller,
  bytes: Buffer,
  fileName = '花名册.xlsx',
  fields: Record<string, string> = {},
): request.Test {
  return request(caller.baseUrl)
    .post('/api/v1/roster-imports')
    .set('authorization', `Bearer ${caller.token}`)
    .field(fields)
    .attach('file', bytes, fileName)
}
