import { inflateRawSync } from 'node:zlib'
import { UnreadableWorkbook } from './unreadable-workbook.error.js'

/**
 * Looks at a file before the spreadsheet library does: is it an .xlsx at all, and how much does it unpack to?
 * A workbook is a zip, and a zip of a few kilobytes may unpack to gigabytes; the sizes it declares may be untrue, so
 * every part is really unpacked here, under a limit, and dropped again.
 */

/** Bytes of all parts together, unpacked. */
const MAX_UNPACKED_BYTES = 200 * 1024 * 1024
/** Rows of one sheet, blank ones included: what people format "to the end" costs memory like any other row. */
const MAX_SHEET_ROWS = 50_000
/** Cells covered by all merged ranges of one sheet: the library makes an object of each. */
const MAX_MERGED_CELLS = 200_000

const COMPOUND_FILE = Buffer.from('d0cf11e0a1b11ae1', 'hex')
const ZIP_LOCAL_HEADER = Buffer.from('PK\x03\x04', 'latin1')
const ZIP_DIRECTORY_ENTRY = Buffer.from('PK\x01\x02', 'latin1')
const ZIP_DIRECTORY_END = Buffer.from('PK\x05\x06', 'latin1')

const SAVE_AS = '请用 Excel 或 WPS 打开后另存为 .xlsx，再重新上传。'
const REBUILD = '请在 Excel 中新建一个工作簿，把花名册内容复制过去（粘贴为数值），保存为 .xlsx 后再上传。'

interface ZipEntry {
  name: string
  encrypted: boolean
  stored: boolean
  packed: Buffer
}

/** Throws UnreadableWorkbook unless the bytes are an .xlsx workbook of bearable size. */
export function inspectWorkbookContainer(bytes: Buffer): void {
  if (bytes.length === 0) {
    throw new UnreadableWorkbook('roster.file-empty', '文件是空的。请选择填好的党员花名册再上传。')
  }
  if (startsWith(bytes, COMPOUND_FILE)) throw compoundFileError(bytes)
  if (!startsWith(bytes, ZIP_LOCAL_HEADER)) throw foreignFileError(bytes)

  const entries = readDirectory(bytes)
  const names = new Set(entries.map((entry) => entry.name))
  if (entries.some((entry) => entry.encrypted)) throw encryptedError()
  if (names.has('xl/workbook.bin')) {
    throw new UnreadableWorkbook('roster.old-workbook-format', `这是 .xlsb 格式的文件。${SAVE_AS}`)
  }
  if (!names.has('xl/workbook.xml')) {
    throw new UnreadableWorkbook('roster.not-a-workbook', `这不是 Excel 工作簿。${SAVE_AS}`)
  }
  unpackUnderLimit(entries)
}

function startsWith(bytes: Buffer, signature: Buffer): boolean {
  return bytes.subarray(0, signature.length).equals(signature)
}

function encryptedError(): UnreadableWorkbook {
  return new UnreadableWorkbook(
    'roster.workbook-encrypted',
    '文件有密码，无法读取。请在 Excel 中打开，去掉打开密码并保存后再上传。',
  )
}

function damagedError(): UnreadableWorkbook {
  return new UnreadableWorkbook('roster.workbook-damaged', `文件不完整或已损坏。${REBUILD}`)
}

function tooLargeError(): UnreadableWorkbook {
  return new UnreadableWorkbook('roster.workbook-too-large', `文件解开后过大，没有读取。${REBUILD}`)
}

function compoundFileError(bytes: Buffer): UnreadableWorkbook {
  if (bytes.includes(Buffer.from('EncryptedPackage', 'utf16le'))) return encryptedError()
  return new UnreadableWorkbook(
    'roster.old-workbook-format',
    '这是旧的 .xls 格式（或其他旧版 Office 文件）。请在 Excel 中另存为 .xlsx，再重新上传。',
  )
}

function foreignFileError(bytes: Buffer): UnreadableWorkbook {
  const opening = bytes.subarray(0, 1024).toString('latin1').toLowerCase()
  // Many older systems "export to Excel" by naming a web page .xls.
  if (/<(html|table|\?xml)/.test(opening)) {
    return new UnreadableWorkbook('roster.old-workbook-format', `这是网页形式的表格，不是工作簿。${SAVE_AS}`)
  }
  return new UnreadableWorkbook(
    'roster.not-a-workbook',
    '这不是 Excel 工作簿（可能是图片、文本或其他文件）。请选择 .xlsx 格式的党员花名册。',
  )
}

function readDirectory(bytes: Buffer): ZipEntry[] {
  const end = bytes.lastIndexOf(ZIP_DIRECTORY_END)
  if (end < 0 || end + 22 > bytes.length) throw damagedError()
  const count = bytes.readUInt16LE(end + 10)
  let offset = bytes.readUInt32LE(end + 16)
  // 0xFFFF and 0xFFFFFFFF announce the 64-bit layout, which no roster needs.
  if (count === 0xffff || offset === 0xffffffff) throw tooLargeError()
  const entries: ZipEntry[] = []
  for (let index = 0; index < count; index++) {
    if (offset + 46 > bytes.length || !bytes.subarray(offset, offset + 4).equals(ZIP_DIRECTORY_ENTRY)) {
      throw damagedError()
    }
    const nameLength = bytes.readUInt16LE(offset + 28)
    const method = bytes.readUInt16LE(offset + 10)
    if (method !== 0 && method !== 8) throw damagedError()
    entries.push({
      name: bytes.toString('utf8', offset + 46, offset + 46 + nameLength).replace(/^\//, ''),
      encrypted: (bytes.readUInt16LE(offset + 8) & 1) === 1,
      stored: method === 0,
      packed: packedBytes(bytes, bytes.readUInt32LE(offset + 42), bytes.readUInt32LE(offset + 20)),
    })
    offset += 46 + nameLength + bytes.readUInt16LE(offset + 30) + bytes.readUInt16LE(offset + 32)
  }
  return entries
}

function packedBytes(bytes: Buffer, localHeader: number, size: number): Buffer {
  if (localHeader + 30 > bytes.length) throw damagedError()
  if (!bytes.subarray(localHeader, localHeader + 4).equals(ZIP_LOCAL_HEADER)) throw damagedError()
  const start = localHeader + 30 + bytes.readUInt16LE(localHeader + 26) + bytes.readUInt16LE(localHeader + 28)
  if (start + size > bytes.length) throw damagedError()
  return bytes.subarray(start, start + size)
}

function unpackUnderLimit(entries: ZipEntry[]): void {
  let remaining = MAX_UNPACKED_BYTES
  for (const entry of entries) {
    const content = unpack(entry, remaining)
    remaining -= content.length
    if (/^xl\/worksheets\/[^/]+\.xml$/.test(entry.name)) inspectSheet(content.toString('latin1'))
  }
}

function unpack(entry: ZipEntry, limit: number): Buffer {
  if (entry.stored) {
    if (entry.packed.length > limit) throw tooLargeError()
    return entry.packed
  }
  if (entry.packed.length === 0) return entry.packed
  try {
    return inflateRawSync(entry.packed, { maxOutputLength: Math.max(limit, 1) })
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
    throw code === 'ERR_BUFFER_TOO_LARGE' ? tooLargeError() : damagedError()
  }
}

function inspectSheet(markup: string): void {
  let rows = 0
  for (let at = markup.indexOf('<row'); at >= 0; at = markup.indexOf('<row', at + 4)) rows += 1
  if (rows > MAX_SHEET_ROWS) {
    throw new UnreadableWorkbook(
      'roster.too-many-rows',
      `工作表有 ${rows} 行（含只设了格式的空行），最多能读 ${MAX_SHEET_ROWS} 行。请删除花名册下方的空行，或把花名册分成几个文件。`,
    )
  }
  let merged = 0
  for (const [, left, top, right, bottom] of markup.matchAll(
    /<mergeCell [^>]*?ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"/g,
  )) {
    merged += (columnIndex(right) - columnIndex(left) + 1) * (Number(bottom) - Number(top) + 1)
    if (merged > MAX_MERGED_CELLS) throw tooLargeError()
  }
}

function columnIndex(letters = 'A'): number {
  return [...letters].reduce((index, letter) => index * 26 + letter.charCodeAt(0) - 64, 0)
}
