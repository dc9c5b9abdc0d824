import { layOutColumns } from '../roster-columns.rules.js'
import { fieldRecord, REQUIRED_COLUMNS, ROSTER_FIELDS } from '../roster-fields.js'
import type { RosterRow } from '../roster-row.rules.js'
import {
  isAboutSomebody,
  isTotal,
  quoteHeadings,
  type RosterColumn,
  type RosterLayout,
} from './roster-sheet.rules.js'
import type { GridRow } from '../../../../platform/spreadsheet/reading/sheet-source.js'
import { readDayNumber } from '../../../../platform/spreadsheet/reading/workbook-cell.rules.js'

/** Fields without which no row can be read, though a file may leave their columns out. */
const EXPECTED_COLUMNS = ROSTER_FIELDS.filter((field) => fieldRecord(field).required === 'cell')

/** Counts rows; a remark names only the first ten of them. */
class Rows {
  count = 0
  private readonly first: number[] = []

  add(rowNumber: number): void {
    this.count += 1
    if (this.first.length < 10) this.first.push(rowNumber)
  }

  inWords(): string {
    const shown = this.first.join('、')
    return this.count > this.first.length ? `第 ${shown} 行等 ${this.count} 行` : `第 ${shown} 行`
  }
}

/** Reads the people from a sheet with a known layout; `notes` lists the rows that were skipped. */
export class PeopleReader {
  private readonly totals = new Rows()
  /** Signatures and remarks below the list, or rows that were only numbered in advance. */
  private readonly unnamed = new Rows()
  private readonly repeated = new Rows()
  private readonly hidden = new Rows()
  private readonly idNumber: number
  private last: number
  private seen = 0

  constructor(
    private readonly layout: RosterLayout,
    private readonly date1904: boolean,
  ) {
    this.last = layout.headerRow
    this.idNumber = layout.columns.findIndex(({ field }) => field === 'idNumber')
  }

  /** @param row the next row that is not empty @returns null when the row holds no person */
  read(row: GridRow): RosterRow | null {
    if (row.rowNumber <= this.layout.headerRow) return null
    this.last = row.rowNumber
    this.seen += 1
    if (this.layout.repeatedHeaders.has(row.rowNumber)) return this.passOver(this.repeated, row)
    if (isTotal(row.cells, this.idNumber)) return this.passOver(this.totals, row)
    const read = this.toRosterRow(row)
    if (!isAboutSomebody(read)) return this.passOver(this.unnamed, row)
    if (row.hidden) this.hidden.add(row.rowNumber)
    return read
  }

  /** Chinese remarks on skipped rows and on columns that matter for every row. */
  notes(): string[] {
    const blank = this.last - this.layout.headerRow - this.seen
    const { totals, repeated, unnamed, hidden } = this
    return [
      blank > 0 && `跳过了 ${blank} 个空行`,
      totals.count > 0 && `跳过了合计行（${totals.inWords()}）`,
      repeated.count > 0 && `跳过了重复的表头（${repeated.inWords()}）`,
      unnamed.count > 0 && `${unnamed.inWords()}没有${quoteHeadings(REQUIRED_COLUMNS)}，没有当作党员读取`,
      hidden.count > 0 &&
        `${hidden.inWords()}在文件里是隐藏的（或被筛选掉了），也读取了；不要导入的话，请在文件里删除后重新上传`,
      ...columnNotes(this.layout.columns),
    ].filter((note) => note !== false)
  }

  private passOver(rows: Rows, { rowNumber }: GridRow): null {
    rows.add(rowNumber)
    return null
  }

  private toRosterRow(row: GridRow): RosterRow {
    const cells: RosterRow['cells'] = {}
    const original = this.layout.columns.map(({ field }, index) => {
      const found = row.cells[index] ?? { text: '' }
      const cell = field && fieldRecord(field).isDay ? readDayNumber(found, this.date1904) : found
      if (field && cell.text.trim() !== '') cells[field] = cell
      return cell.text
    })
    return { rowNumber: row.rowNumber, cells, original, ...(row.hidden && { hidden: true }) }
  }
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
