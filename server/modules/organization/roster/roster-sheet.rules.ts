import type { RawCell } from './roster-cells.rules.js'
import {
  headingOf,
  layOutColumns,
  looksLikeHeader,
  missingColumns,
  normaliseHeading,
  REQUIRED_COLUMNS,
  type RosterField,
} from './roster-columns.rules.js'
import type { RosterRow } from './roster-row.rules.js'
import { UnreadableWorkbook } from './unreadable-workbook.error.js'
import { readDayNumber } from './workbook-cell.reader.js'

/** A sheet before anything is known of it: rows that hold something, in order, with their cells from column A on. */
export interface Grid {
  sheetName: string
  rows: { rowNumber: number; cells: RawCell[] }[]
  /** Whether day numbers count from 1904, as in workbooks begun on old Macintoshes. */
  date1904: boolean
}

export interface RosterColumn {
  /** null for a column that is not kept. */
  field: RosterField | null
  heading: string
  letter: string
}

export interface RosterSheet {
  sheetName: string
  headerRow: number
  columns: RosterColumn[]
  rows: RosterRow[]
  /** Chinese remarks about what was skipped or will matter for every row. */
  notes: string[]
}

const MAX_COLUMNS = 60
const MAX_ROWS = 20_000
const DATE_FIELDS: ReadonlySet<RosterField> = new Set(['birthDate', 'joinedOn', 'regularizedOn'])
const TOTAL_ROW = /^(合计|总计|小计|共计)/
/** Fields without which no row can be read, though a file may leave their columns out. */
const EXPECTED_COLUMNS: readonly RosterField[] = [
  'nationality',
  'education',
  'category',
  'joinedOn',
  'duesClass',
]

type GridRow = Grid['rows'][number]

const textsOf = (row: GridRow) => row.cells.map((cell) => cell.text.trim())
const hasText = (row: GridRow) => row.cells.some((cell) => cell.text.trim() !== '')

/** Whether any row of the sheet is a header row, good or bad. */
export function hasHeader(grid: Grid): boolean {
  return grid.rows.some((row) => looksLikeHeader(textsOf(row)))
}

/** Finds header, columns and people of a sheet. Throws UnreadableWorkbook when the layout cannot be trusted. */
export function layOutSheet(grid: Grid): RosterSheet {
  const headers = grid.rows.filter((row) => looksLikeHeader(textsOf(row)))
  const header = soleHeader(headers)
  const below = grid.rows.filter((row) => row.rowNumber > header.rowNumber && hasText(row))
  const repeated = new Set(headers.slice(1).map((row) => row.rowNumber))
  const columns = layOutHeadings(header, below)
  const skipped: SkippedRows = { total: [], unnamed: [], repeated: [...repeated] }
  const rows: RosterRow[] = []
  for (const row of below) {
    if (repeated.has(row.rowNumber)) continue
    const read = toRosterRow(row, columns, grid.date1904)
    const others = skippedAs(read)
    if (others) skipped[others].push(row.rowNumber)
    else rows.push(read)
  }
  if (rows.length === 0) {
    throw new UnreadableWorkbook(
      'roster.no-rows',
      `第 ${header.rowNumber} 行表头下面没有党员。请填写花名册后再上传。`,
    )
  }
  if (rows.length > MAX_ROWS) {
    throw new UnreadableWorkbook(
      'roster.too-many-rows',
      `花名册有 ${rows.length} 行，一次最多 ${MAX_ROWS} 行。请分成几个文件上传。`,
    )
  }
  const blank = countBlankRows(header.rowNumber, below)
  return {
    sheetName: grid.sheetName,
    headerRow: header.rowNumber,
    columns,
    rows,
    notes: [...skippedNotes(skipped, blank), ...columnNotes(columns)],
  }
}

function soleHeader(headers: readonly GridRow[]): GridRow {
  const [header, ...others] = headers
  if (!header) {
    throw new UnreadableWorkbook(
      'roster.header-missing',
      '没有找到表头。请在花名册上方保留一行列名，至少有“姓名”“公民身份号码”“所在党支部”。',
    )
  }
  const shape = headerShape(header)
  const different = others.find((row) => headerShape(row) !== shape)
  if (different) {
    throw new UnreadableWorkbook(
      'roster.header-ambiguous',
      `第 ${header.rowNumber} 行和第 ${different.rowNumber} 行都像表头，但列名不同。请只保留一个表头，或分成两个文件上传。`,
    )
  }
  const missing = missingColumns(textsOf(header))
  if (missing.length > 0) {
    throw new UnreadableWorkbook(
      'roster.columns-missing',
      `第 ${header.rowNumber} 行表头中缺少${quoteHeadings(missing)}列。请补上后再上传。`,
    )
  }
  return header
}

function headerShape(row: GridRow): string {
  return textsOf(row).map(normaliseHeading).join('\t').trimEnd()
}

function layOutHeadings(header: GridRow, below: readonly GridRow[]): RosterColumn[] {
  const width = Math.max(...[header, ...below].map(widthOf))
  if (width > MAX_COLUMNS) {
    throw new UnreadableWorkbook(
      'roster.too-many-columns',
      `花名册有 ${width} 列，最多 ${MAX_COLUMNS} 列。请删除与党员花名册无关的列。`,
    )
  }
  const headings = Array.from({ length: width }, (_, index) => header.cells[index]?.text.trim() ?? '')
  const fieldByIndex = new Map([...layOutColumns(headings)].map(([field, index]) => [index, field]))
  return headings.map((heading, index) => ({
    field: fieldByIndex.get(index) ?? null,
    heading: heading.replace(/\s+/g, ''),
    letter: columnLetter(index),
  }))
}

function widthOf(row: GridRow): number {
  return row.cells.findLastIndex((cell) => cell.text.trim() !== '') + 1
}

function columnLetter(index: number): string {
  const last = String.fromCharCode(65 + (index % 26))
  return index < 26 ? last : `${columnLetter(Math.floor(index / 26) - 1)}${last}`
}

function toRosterRow(row: GridRow, columns: readonly RosterColumn[], date1904: boolean): RosterRow {
  const cells: RosterRow['cells'] = {}
  const original = columns.map(({ field }, index) => {
    const found = row.cells[index] ?? { text: '' }
    const cell = field && DATE_FIELDS.has(field) ? readDayNumber(found, date1904) : found
    if (field && cell.text.trim() !== '') cells[field] = cell
    return cell.text
  })
  return { rowNumber: row.rowNumber, cells, original }
}

interface SkippedRows {
  total: number[]
  /** Signatures and remarks below the list, or rows that were only numbered in advance. */
  unnamed: number[]
  repeated: number[]
}

function skippedAs(row: RosterRow): 'total' | 'unnamed' | null {
  if (!row.cells.idNumber && row.original.some((text) => TOTAL_ROW.test(text.replace(/\s/g, ''))))
    return 'total'
  return REQUIRED_COLUMNS.some((field) => row.cells[field]) ? null : 'unnamed'
}

function countBlankRows(headerRow: number, below: readonly GridRow[]): number {
  const last = below.at(-1)?.rowNumber ?? headerRow
  return last - headerRow - below.length
}

function skippedNotes(skipped: SkippedRows, blank: number): string[] {
  return [
    blank > 0 && `跳过了 ${blank} 个空行`,
    skipped.total.length > 0 && `跳过了合计行（${listRows(skipped.total)}）`,
    skipped.repeated.length > 0 && `跳过了重复的表头（${listRows(skipped.repeated)}）`,
    skipped.unnamed.length > 0 &&
      `${listRows(skipped.unnamed)}没有${quoteHeadings(REQUIRED_COLUMNS)}，没有当作党员读取`,
  ].filter((note) => note !== false)
}

function columnNotes(columns: readonly RosterColumn[]): string[] {
  const present = new Set(columns.map((column) => column.field))
  const absent = EXPECTED_COLUMNS.filter((field) => !present.has(field))
  const doubled = columns.filter(
    (column) => column.field === null && layOutColumns([column.heading]).size === 1,
  )
  return [
    ...(absent.length > 0 ? [`表头中没有${quoteHeadings(absent)}列，每一行都会因此退回`] : []),
    ...doubled.map(
      (column) => `${column.letter} 列“${column.heading}”与前面的一列含义相同，以前面的一列为准`,
    ),
  ]
}

function quoteHeadings(fields: readonly RosterField[]): string {
  return fields.map((field) => `“${headingOf(field)}”`).join('')
}

function listRows(rows: readonly number[]): string {
  const shown = rows.slice(0, 10).join('、')
  return rows.length > 10 ? `第 ${shown} 行等 ${rows.length} 行` : `第 ${shown} 行`
}
