import { join } from 'node:path'
import { Readable } from 'node:stream'
import { startThread } from '../../threads/start-thread.js'
import { writeWorkbook, type SheetHead, type SheetRow } from './workbook-writer.js'

export interface Spreadsheet extends SheetHead {
  /** Read only as fast as the file is sent. */
  rows: Iterable<SheetRow> | AsyncIterable<SheetRow>
}

const WRITER = { file: join(__dirname, 'workbook-writer.worker.js'), answering: writeWorkbook }
/** Heap of the thread in MiB. Any number of rows takes a quarter of it. */
const HEAP_MB = 64
/** Rows sent to the thread at a time. The first batch decides the column widths. */
const ROWS_AT_ONCE = 200
/** Bytes that wait for the receiver. A large file fits, so its thread does not wait for a slow phone. */
const BYTES_WAITING = 1024 * 1024

/**
 * An .xlsx file, written in its own thread while it is sent. Packing thousands of rows takes seconds, and requests
 * are answered meanwhile. Memory holds a few hundred rows, however many there are. When `rows` throws, the stream
 * ends with the same error. When the stream is destroyed, the thread ends.
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
    // TypeScript does not infer the item type of a union of both kinds of iterable.
    const next: unknown = row
    batch.push(next as SheetRow)
    if (batch.length < ROWS_AT_ONCE) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}
