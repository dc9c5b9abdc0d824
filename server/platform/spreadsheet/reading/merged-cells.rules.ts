import { columnIndex } from '../column-letters.rules.js'
import { MAX_COLUMNS, type GridRow, type SheetCell } from './sheet-source.js'
import { tooLarge } from './unreadable-file.error.js'

/** Merged ranges of one sheet at most. A large table has one for each group of rows. */
const MAX_RANGES = 50_000
/** Ranges over one row at most. Ranges of a valid file do not overlap, and each has at least one column. */
const MAX_AT_ONCE = MAX_COLUMNS
const NOTHING: SheetCell = { text: '' }

interface Range {
  top: number
  bottom: number
  /** Columns that are read, from 0. */
  left: number
  right: number
}

/**
 * A value that several rows share is often in one cell merged down over them: it counts in every row. A title merged
 * across columns counts once, in its first column. Values hidden below a merged cell are ignored.
 */
export class MergedCells {
  private readonly ranges: Range[] = []

  /** @param reference such as 'B3:B17'; anything else is ignored */
  add(reference: string): void {
    const [, left, top, right, bottom] = /^([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})$/.exec(reference) ?? []
    if (!left || !top || !right || !bottom) return
    if (this.ranges.length >= MAX_RANGES) throw tooLarge()
    if (columnIndex(left) >= MAX_COLUMNS) return
    this.ranges.push({
      top: Number(top),
      bottom: Number(bottom),
      left: columnIndex(left),
      right: Math.min(columnIndex(right), MAX_COLUMNS - 1),
    })
  }

  /** Starts a reading of the sheet. Call the result with every row, in order: it changes the cells of the row. */
  reading(): (row: GridRow) => void {
    const waiting = [...this.ranges].sort((one, other) => other.top - one.top)
    let open: Array<{ range: Range; value: SheetCell | undefined }> = []
    return ({ rowNumber, cells }) => {
      open = open.filter(({ range }) => range.bottom >= rowNumber)
      for (let next = waiting.at(-1); next && next.top <= rowNumber; next = waiting.at(-1)) {
        waiting.pop()
        if (next.bottom < rowNumber) continue
        open.push({ range: next, value: next.top === rowNumber ? cells[next.left] : undefined })
        if (open.length > MAX_AT_ONCE) throw tooLarge()
      }
      for (const { range, value } of open) {
        const last = Math.min(range.right, cells.length - 1)
        for (let column = range.left; column <= last; column++) cells[column] = NOTHING
        if (!value) continue
        while (cells.length <= range.left) cells.push(NOTHING)
        cells[range.left] = value
      }
    }
  }
}
