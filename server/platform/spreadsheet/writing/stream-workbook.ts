import { join } from 'node:path'
import { Readable } from 'node:stream'
import { startThread } from '../../threads/start-thread.js'
import { writeWorkbook, type SheetHead, type SheetRow } from './workbook-writer.js'

export interface Spreadsheet extends SheetHead {
  /** Asked for as fast as the file is taken. */
  rows: Iterable<SheetRow> | AsyncIterable<SheetRow>
}

const WRITER = { file: join(__dirname, 'workbook-writer.worker.js'), answering: writeWorkbook }
/** MiB. Any number of rows takes a quarter of it. */
const HEAP_MB = 64
/** Handed over at a time; column widths are chosen by the first ones. */
const ROWS_AT_ONCE = 200
/** Bytes that wait for whoever takes the file: a large file fits, so its thread does not wait for a slow phone. */
const BYTES_WAITING = 1024 * 1024

/**
 * An .xlsx file, written in a thread of its own while it is sent: packing thousands of rows takes seconds, in which
 * requests are answered. Memory holds a few hundred rows, however many there are. When the rows end in an error the
 * stream does, too; when the stream is destroyed the thread ends.
 */
export const streamWorkbook = (spreadsheet: Spreadsheet): Readable =>
  Readable.from(bytesOf(spreadsheet), { objectMode: false, highWaterMark: BYTES_WAITING })

async function* bytesOf({ sheetName, headings, rows }: Spreadsheet): AsyncGenerator<Uint8Array> {
  const thread = startThread(WRITER, { sheetName, headings }, { heapMb: HEAP_MB })
  try {
    for await (const some of inBatches(rows)) {
      const bytes = await thread.ask(some)
      if (bytes.length > 0) yield bytes
    }
    yield await thread.ask(null)
  } finally {
    await thread.end()
  }
}

async function* inBatches(rows: Spreadsheet['rows']): AsyncGenerator<SheetRow[]> {
  let batch: SheetRow[] = []
  for await (const row of rows) {
    // What an iterable of either kind gives is told to the compiler only half.
    const next: unknown = row
    batch.push(next as SheetRow)
    if (batch.length < ROWS_AT_ONCE) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}
