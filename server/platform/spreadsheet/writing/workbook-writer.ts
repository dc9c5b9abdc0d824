import { Zip, ZipDeflate } from 'fflate'
import type { Answering } from '../../threads/conversation.js'
import { columnWidth, type CellValue } from './cells.rules.js'
import { partsAround, rowMarkup, SHEET_CLOSING, sheetOpening, SHEET_PART } from './workbook-markup.js'

export interface SheetHead {
  sheetName: string
  headings: readonly string[]
}

export type SheetRow = readonly CellValue[]

/** Rows of the sheet, some hundred at a time, in order; null when there are no more. */
export type WriterQuestion = readonly SheetRow[] | null

/** Fastest compression. Sheets still shrink to a tenth. */
const LEVEL = 1

/**
 * Writes an .xlsx of one sheet with a heading row. Each answer holds the bytes of the file since the last answer:
 * rows are packed before the answer, so they do not pile up. The first batch of rows decides the column widths.
 */
export const writeWorkbook: Answering<SheetHead, WriterQuestion, Uint8Array> = (head) => {
  const writer = new WorkbookWriter(head)
  return (rows) => Promise.resolve(writer.write(rows))
}

class WorkbookWriter {
  private readonly pieces: Uint8Array[] = []
  private readonly zip = new Zip((error, piece) => {
    if (error) throw error
    this.pieces.push(piece)
  })
  private readonly sheet = new ZipDeflate(SHEET_PART, { level: LEVEL })
  /** Number of the last row that was written; 0 before the heading row. */
  private rowNumber = 0

  constructor(private readonly head: SheetHead) {
    for (const [name, markup] of Object.entries(partsAround(head.sheetName))) {
      const part = new ZipDeflate(name, { level: LEVEL })
      this.zip.add(part)
      part.push(Buffer.from(markup), true)
    }
    this.zip.add(this.sheet)
  }

  write(rows: WriterQuestion): Uint8Array {
    const opening = this.rowNumber === 0 ? this.open(rows ?? []) : ''
    const markup = (rows ?? []).map((cells) => rowMarkup(++this.rowNumber, cells)).join('')
    this.sheet.push(Buffer.from(opening + markup + (rows ? '' : SHEET_CLOSING)), rows === null)
    if (rows === null) this.zip.end()
    return Buffer.concat(this.pieces.splice(0))
  }

  private open(sample: readonly SheetRow[]): string {
    const { headings } = this.head
    const widths = headings.map((heading, index) =>
      columnWidth([heading, ...sample.map((row) => row[index])]),
    )
    this.rowNumber = 1
    return sheetOpening(headings, widths)
  }
}
