import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { parse, type CsvError } from 'csv-parse'
import { announcedDelimiter, delimiterOf, textCell, type NamedColumns } from './csv-dialect.rules.js'
import {
  holdsText,
  MAX_SHEET_COLUMNS,
  MAX_SHEET_ROWS,
  type GridRow,
  type SheetSource,
} from './sheet-source.js'
import { encodingOf, type TextEncoding } from './text-encoding.rules.js'
import { codeOf, SAVE_AS, tooManyRows, unreadable } from './unreadable-file.error.js'

const CHUNK_BYTES = 64 * 1024
const ROWS_AT_ONCE = 500
/** Characters of one row at most. After a quotation mark without its second one, the rest of the file is one row. */
const MAX_ROW_CHARACTERS = 512 * 1024

/** Opens a text separated by commas, semicolons or tabs as a sheet without a name. The encoding is detected. */
export function openText(bytes: Buffer, namedColumns: NamedColumns): SheetSource {
  const encoding = encodingOf(bytes)
  return { name: '', date1904: false, rows: () => readRows(bytes, encoding, namedColumns) }
}

async function* readRows(
  bytes: Buffer,
  encoding: TextEncoding,
  namedColumns: NamedColumns,
): AsyncGenerator<GridRow[]> {
  try {
    yield* parseRows(decode(bytes, encoding), namedColumns)
  } catch (error) {
    throw inWords(error)
  }
}

async function* parseRows(
  pieces: Generator<string, undefined>,
  namedColumns: NamedColumns,
): AsyncGenerator<GridRow[]> {
  const opening = pieces.next().value ?? ''
  const announced = announcedDelimiter(opening)
  const parser = parse({
    delimiter: announced ?? delimiterOf(opening, namedColumns),
    from_line: announced ? 2 : 1,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: MAX_ROW_CHARACTERS,
  })
  const texts = (function* () {
    yield opening
    yield* pieces
  })()
  // An error here also destroys the parser, so the loop below throws it.
  const pumping = pipeline(Readable.from(texts), parser).catch(() => undefined)
  let rowNumber = 0
  let rows: GridRow[] = []
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      rowNumber += 1
      if (rowNumber > MAX_SHEET_ROWS) throw tooManyRows()
      const row = { rowNumber, cells: record.slice(0, MAX_SHEET_COLUMNS).map(textCell) }
      if (!holdsText(row)) continue
      rows.push(row)
      if (rows.length < ROWS_AT_ONCE) continue
      yield rows
      rows = []
    }
  } finally {
    parser.destroy()
    await pumping
  }
  if (rows.length > 0) yield rows
}

function* decode(bytes: Buffer, encoding: TextEncoding): Generator<string, undefined> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  for (let start = 0; start < bytes.length; start += CHUNK_BYTES) {
    yield decoder.decode(bytes.subarray(start, start + CHUNK_BYTES), { stream: true })
  }
  yield decoder.decode()
  return undefined
}

/** The parser's errors quote the content of the file, so they are replaced by our own. */
function inWords(error: unknown): unknown {
  const code = codeOf(error)
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
    return unreadable(
      'text-encoding',
      `文件的文字编码认不出来（能读 UTF-8、GB18030 和带标记的 UTF-16），文字会变成乱码，没有读取。${SAVE_AS}`,
    )
  }
  if (code.startsWith('CSV_')) {
    const { records } = error as CsvError
    const where = typeof records === 'number' ? `第 ${records + 1} 行起` : '文件中'
    return unreadable('text-quotes', `${where}的双引号没有成对，分不清各列，没有读取。${SAVE_AS}`)
  }
  return error
}
