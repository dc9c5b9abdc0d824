import { columnLetters } from '../../../../platform/spreadsheet/column-letters.rules.js'
import { layOutColumns, looksLikeHeader, missingColumns, normaliseHeading } from '../roster-columns.rules.js'
import { headingOf, REQUIRED_COLUMNS, type RosterField } from '../roster-fields.js'
import type { RosterRow } from '../roster-row.rules.js'
import { notRoster } from './roster-refusals.js'
import {
  holdsText,
  MAX_COLUMNS,
  type GridRow,
  type SheetCell,
} from '../../../../platform/spreadsheet/reading/sheet-source.js'
import type { UnreadableFile } from '../../../../platform/spreadsheet/reading/unreadable-file.error.js'

export interface RosterColumn {
  /** null for a column that is not kept. */
  field: RosterField | null
  heading: string
  letter: string
}

/** What is known of a sheet before its people are read. */
export interface RosterLayout {
  headerRow: number
  columns: RosterColumn[]
  /** Numbers of rows that repeat the header. */
  repeatedHeaders: ReadonlySet<number>
  /** Rows that hold a person, without rows whose only value comes from a merged cell. */
  people: number
}

export const MAX_PEOPLE = 100_000
/** The header must be among this many rows that are not empty. */
export const HEADER_WITHIN = 1_000
const TOTAL_ROW = /^(合计|总计|小计|共计)/

const textsOf = ({ cells }: GridRow) => Array.from(cells, (cell) => cell.text.trim())
const textAt = (cells: readonly SheetCell[], index: number) => cells[index]?.text.trim() ?? ''

/** A row with an ID number is about a person, so most rows need no check for a header. */
const ABOUT_SOMEBODY = /\d{15}/

const isHeader = (row: GridRow): boolean =>
  !row.cells.some(({ text }) => ABOUT_SOMEBODY.test(text)) && looksLikeHeader(textsOf(row))

/**
 * Goes through a sheet row by row for its header and its size. Refuses the sheet as soon as it cannot be used. Keeps
 * nothing about the people.
 */
export class SheetSurvey {
  private header: { row: GridRow; shape: string } | null = null
  private readonly repeatedHeaders = new Set<number>()
  private required: number[] = []
  private idNumber: number | undefined
  private width = 0
  private people = 0
  private above = 0
  /** Whether anything stands in the sheet at all. */
  isEmpty = true
  /** Why the search in this sheet stopped: it holds no roster. */
  givenUp: UnreadableFile | null = null

  /** @throws UnreadableFile */
  add(row: GridRow): void {
    if (this.givenUp || !holdsText(row)) return
    this.isEmpty = false
    const width = widthOf(row)
    if (width > MAX_COLUMNS) return this.giveUp(tooManyColumns(width))
    const names = isHeader(row)
    if (!this.header && !names) return this.passAbove()
    this.width = Math.max(this.width, width)
    if (names) return this.addHeader(row)
    if (isTotal(row.cells, this.idNumber)) return
    if (this.required.some((index) => textAt(row.cells, index) !== '')) this.people += 1
    if (this.people > MAX_PEOPLE) {
      throw notRoster(
        'too-many-rows',
        `花名册超过 ${MAX_PEOPLE} 行，一次最多 ${MAX_PEOPLE} 行。请分成几个文件上传。`,
      )
    }
  }

  /** @returns null when no row names columns @throws UnreadableFile */
  finish(): RosterLayout | null {
    if (!this.header) return null
    const { row } = this.header
    const headings = Array.from({ length: this.width }, (_, index) => textAt(row.cells, index))
    const fieldByIndex = new Map([...layOutColumns(headings)].map(([field, index]) => [index, field]))
    return {
      headerRow: row.rowNumber,
      columns: headings.map((heading, index) => ({
        field: fieldByIndex.get(index) ?? null,
        heading: heading.replace(/\s+/g, ''),
        letter: columnLetters(index),
      })),
      repeatedHeaders: this.repeatedHeaders,
      people: this.people,
    }
  }

  private addHeader(row: GridRow): void {
    const shape = headerShape(row)
    if (!this.header) {
      const missing = missingColumns(textsOf(row))
      if (missing.length > 0) {
        throw notRoster(
          'columns-missing',
          `第 ${row.rowNumber} 行表头中缺少${quoteHeadings(missing)}列。请补上后再上传。`,
        )
      }
      this.header = { row, shape }
      const layout = layOutColumns(textsOf(row))
      this.required = REQUIRED_COLUMNS.flatMap((field) => layout.get(field) ?? [])
      this.idNumber = layout.get('idNumber')
      return
    }
    if (shape !== this.header.shape) {
      throw notRoster(
        'header-ambiguous',
        `第 ${this.header.row.rowNumber} 行和第 ${row.rowNumber} 行都像表头，但列名不同。请只保留一个表头，或分成两个文件上传。`,
      )
    }
    this.repeatedHeaders.add(row.rowNumber)
  }

  private passAbove(): void {
    this.above += 1
    if (this.above >= HEADER_WITHIN) this.giveUp(headerTooLow())
  }

  /**
   * Without a header so far, the sheet may not be the roster, so the next sheet is tried. After a header, the roster
   * cannot be used.
   */
  private giveUp(reason: UnreadableFile): void {
    if (this.header) throw reason
    this.givenUp = reason
  }
}

const widthOf = ({ cells, beyond }: GridRow): number =>
  beyond ?? cells.findLastIndex(({ text }) => text.trim() !== '') + 1

const tooManyColumns = (width: number): UnreadableFile =>
  notRoster('too-many-columns', `花名册有 ${width} 列，最多 ${MAX_COLUMNS} 列。请删除与党员花名册无关的列。`)

const headerTooLow = (): UnreadableFile =>
  notRoster(
    'header-missing',
    `前 ${HEADER_WITHIN} 行里没有找到表头。请删除花名册上方无关的行，保留一行列名，至少有“姓名”“公民身份号码”“所在党支部”。`,
  )

/** Whether a row is a total and not a person. */
export function isTotal(cells: readonly SheetCell[], idNumberColumn: number | undefined): boolean {
  if (idNumberColumn !== undefined && textAt(cells, idNumberColumn) !== '') return false
  return cells.some(({ text }) => TOTAL_ROW.test(text.replace(/\s/g, '')))
}

/** Whether a row says anything about a person. */
export const isAboutSomebody = (row: Pick<RosterRow, 'cells'>): boolean =>
  REQUIRED_COLUMNS.some((field) => row.cells[field])

export function quoteHeadings(fields: readonly RosterField[]): string {
  return fields.map((field) => `“${headingOf(field)}”`).join('')
}

function headerShape(row: GridRow): string {
  return textsOf(row).map(normaliseHeading).join('\t').trimEnd()
}
