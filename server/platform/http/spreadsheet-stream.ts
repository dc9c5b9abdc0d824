import { once } from 'node:events'
import { PassThrough, type Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import {
  columnWidth,
  fillRow,
  safeSheetName,
  WIDTH_SAMPLE,
  type Spreadsheet,
  type SpreadsheetCell,
} from './spreadsheet.js'
import { spreadsheetLibrary } from './spreadsheet-library.js'

type Rows = ReadonlyArray<readonly SpreadsheetCell[]>

export interface StreamedSpreadsheet extends Omit<Spreadsheet, 'rows'> {
  /** Some hundred at a time; they are asked for as fast as the file is taken. */
  rows: AsyncIterable<Rows>
}

/**
 * The same file as `textWorkbook` makes, written while it is sent: however many rows there are, memory holds a few
 * hundred. When the rows end in an error the stream does, too.
 */
export function streamWorkbook(spreadsheet: StreamedSpreadsheet): Readable {
  const output = new PassThrough()
  write(spreadsheet, output).catch((error: unknown) => {
    output.destroy(error instanceof Error ? error : new Error(String(error)))
  })
  return output
}

async function write({ sheetName, headings, rows }: StreamedSpreadsheet, output: PassThrough): Promise<void> {
  const { stream } = await spreadsheetLibrary()
  const workbook = new stream.xlsx.WorkbookWriter({ stream: output, useStyles: true })
  const sheet = workbook.addWorksheet(safeSheetName(sheetName), { views: [{ state: 'frozen', ySplit: 1 }] })
  let isBegun = false
  const begin = (sample: Rows) => {
    isBegun = true
    headings.forEach((heading, index) => {
      sheet.getColumn(index + 1).width = columnWidth([heading, ...sample.map((row) => row[index])])
    })
    const header = sheet.addRow([])
    header.font = { bold: true }
    fillRow(header, headings)
    header.commit()
  }
  for await (const some of rows) {
    if (!isBegun) begin(some.slice(0, WIDTH_SAMPLE))
    for (const cells of some) {
      const row = sheet.addRow([])
      fillRow(row, cells)
      row.commit()
    }
    // The library does not wait for whoever takes the file.
    if (output.writableNeedDrain) await drained(output)
    if (output.destroyed) return
    await setImmediate()
  }
  if (!isBegun) begin([])
  await workbook.commit()
}

/** Waits until the stream takes more or is closed, whichever comes first; listens no longer than that. */
async function drained(output: PassThrough): Promise<void> {
  const waiting = new AbortController()
  const options = { signal: waiting.signal }
  const [drain, close] = [once(output, 'drain', options), once(output, 'close', options)]
  // The one that did not come is called off below.
  for (const one of [drain, close]) one.catch(() => undefined)
  try {
    await Promise.race([drain, close])
  } finally {
    waiting.abort()
  }
}
