import { MarkupReader, type MarkupListener } from './markup.reader.js'
import { columnIndex } from '../column-letters.rules.js'
import type { MergedCells } from './merged-cells.rules.js'
import {
  holdsText,
  MAX_COLUMNS,
  MAX_SHEET_COLUMNS,
  MAX_SHEET_ROWS,
  type GridRow,
  type SheetCell,
} from './sheet-source.js'
import { damaged, tooManyRows } from './unreadable-file.error.js'
import { readCell } from './workbook-cell.rules.js'

/** What all sheets of a workbook share. */
export interface WorkbookContext {
  date1904: boolean
  sharedTexts: readonly string[]
  /** Whether a style shows a day, by the number of the style. */
  daysShown: readonly boolean[]
}

/** Builds rows from the tags of a sheet. */
class RowListener implements MarkupListener {
  rows: GridRow[] = []
  private seen = 0
  private row: GridRow = { rowNumber: 0, cells: [] }
  private column = -1
  private kind = 'n'
  private showsDay = false
  private value = ''
  private readonly tags: string[] = []
  private isValue = false

  constructor(
    private readonly context: WorkbookContext,
    private readonly merge: (row: GridRow) => void,
    private readonly found: MergedCells,
  ) {}

  readonly open = (name: string, attributes: Readonly<Record<string, string>>): void => {
    if (name === 'row') this.openRow(attributes)
    else if (name === 'c') this.openCell(attributes)
    else if (name === 'mergeCell') this.found.add(attributes['ref'] ?? '')
    // The pronunciation of a character (rPh) is not part of the text.
    this.isValue = name === 'v' || (name === 't' && !this.tags.includes('rPh'))
    this.tags.push(name)
  }

  readonly text = (text: string): void => {
    if (this.isValue) this.value += text
  }

  readonly close = (name: string): void => {
    this.tags.pop()
    this.isValue = false
    if (name === 'c') this.closeCell()
    else if (name === 'row') this.closeRow()
  }

  private openRow({ r, hidden }: Readonly<Record<string, string>>): void {
    this.seen += 1
    if (this.seen > MAX_SHEET_ROWS) throw tooManyRows()
    const rowNumber = r === undefined ? this.row.rowNumber + 1 : Number(r)
    // Two rows with one number could not be told apart, neither here nor in our messages.
    if (!Number.isInteger(rowNumber) || rowNumber <= this.row.rowNumber) throw damaged()
    this.row = { rowNumber, cells: [] }
    if (hidden === '1' || hidden === 'true') this.row.hidden = true
    this.column = -1
  }

  private openCell({ r, t, s }: Readonly<Record<string, string>>): void {
    this.column = r === undefined ? this.column + 1 : columnIndex(/^[A-Z]{1,3}/.exec(r)?.[0] ?? '')
    if (this.column < 0 || this.column >= MAX_SHEET_COLUMNS) throw damaged()
    this.kind = t ?? 'n'
    this.showsDay = s !== undefined && (this.context.daysShown[Number(s)] ?? false)
    this.value = ''
  }

  private closeCell(): void {
    const { kind, value: text, showsDay } = this
    if (text === '') return
    const { date1904, sharedTexts } = this.context
    const cell: SheetCell = readCell({ kind, text, showsDay }, date1904, (index) => sharedTexts[index])
    if (cell.text.trim() === '') return
    // A cell far to the right is only noted, so that the thousands of cells before it are not created.
    if (this.column >= MAX_COLUMNS) this.row.beyond = Math.max(this.row.beyond ?? 0, this.column + 1)
    if (this.column >= MAX_COLUMNS) return
    const { cells } = this.row
    while (cells.length < this.column) cells.push({ text: '' })
    cells[this.column] = cell
  }

  private closeRow(): void {
    this.merge(this.row)
    if (holdsText(this.row)) this.rows.push(this.row)
  }
}

/**
 * Yields the rows of a sheet while it is unpacked.
 * @param merge called with every row, to fill in merged cells
 * @param found gathers the merged ranges, which stand after the rows in the file
 */
export async function* readSheet(
  pieces: AsyncIterable<Buffer>,
  context: WorkbookContext,
  merge: (row: GridRow) => void,
  found: MergedCells,
): AsyncGenerator<GridRow[]> {
  const listener = new RowListener(context, merge, found)
  const reader = new MarkupReader(listener)
  for await (const piece of pieces) {
    reader.write(piece)
    if (listener.rows.length === 0) continue
    yield listener.rows
    listener.rows = []
  }
  reader.end()
  if (listener.rows.length > 0) yield listener.rows
}
