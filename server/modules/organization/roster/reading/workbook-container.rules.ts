import { damaged, REBUILD, SAVE_AS, tooLarge, UnreadableFile } from './unreadable-file.error.js'

/**
 * Looks at the directory of a zip before anything in it is unpacked: is it an .xlsx at all, does it carry what no
 * roster needs, and is what it says about itself bearable? What it says may be untrue, so that unpacking counts again.
 */

/** Bytes that all parts together may claim to unpack to. */
const MAX_DECLARED_BYTES = 512 * 1024 * 1024
const MAX_PARTS = 2_000

const ZIP_LOCAL_HEADER = Buffer.from('PK\x03\x04', 'latin1')
const ZIP_DIRECTORY_ENTRY = Buffer.from('PK\x01\x02', 'latin1')
const ZIP_DIRECTORY_END = Buffer.from('PK\x05\x06', 'latin1')

export interface ZipPart {
  stored: boolean
  packed: Buffer
}

interface ZipEntry extends ZipPart {
  name: string
  encrypted: boolean
  declaredBytes: number
}

export const isZip = (bytes: Buffer): boolean => startsWith(bytes, ZIP_LOCAL_HEADER)

export const startsWith = (bytes: Buffer, signature: Buffer): boolean =>
  bytes.subarray(0, signature.length).equals(signature)

export const encrypted = (): UnreadableFile =>
  new UnreadableFile(
    'roster.workbook-encrypted',
    '文件有密码，无法读取。请在 Excel 中打开，去掉打开密码并保存后再上传。',
  )

/** The parts of an .xlsx workbook by name, still packed. @throws UnreadableFile when it is none, or not to be opened */
export function workbookParts(bytes: Buffer): Map<string, ZipPart> {
  const entries = readDirectory(bytes)
  if (entries.some((entry) => entry.encrypted)) throw encrypted()
  const parts = new Map(entries.map((entry) => [entry.name, entry]))
  const has = (pattern: RegExp) => entries.some(({ name }) => pattern.test(name))
  if (parts.has('xl/workbook.bin')) {
    throw new UnreadableFile('roster.old-workbook-format', `这是 .xlsb 格式的文件。${SAVE_AS}`)
  }
  if (!parts.has('xl/workbook.xml')) {
    throw new UnreadableFile('roster.not-a-workbook', `这不是 Excel 工作簿。${SAVE_AS}`)
  }
  if (has(/^xl\/(vbaProject|macrosheets\/|dialogsheets\/)/i)) {
    throw new UnreadableFile(
      'roster.workbook-macros',
      '工作簿里有宏，为安全起见没有读取。请在 Excel 中另存为不带宏的 .xlsx，再重新上传。',
    )
  }
  if (has(/^xl\/externalLinks\//i)) {
    throw new UnreadableFile(
      'roster.workbook-external-links',
      `工作簿里有指向其他文件的链接，内容可能不是最新的，没有读取。${REBUILD}`,
    )
  }
  if (entries.reduce((sum, { declaredBytes }) => sum + declaredBytes, 0) > MAX_DECLARED_BYTES)
    throw tooLarge()
  return parts
}

function readDirectory(bytes: Buffer): ZipEntry[] {
  const end = bytes.lastIndexOf(ZIP_DIRECTORY_END)
  if (end < 0 || end + 22 > bytes.length) throw damaged()
  const count = bytes.readUInt16LE(end + 10)
  let offset = bytes.readUInt32LE(end + 16)
  // 0xFFFF and 0xFFFFFFFF announce the 64-bit layout, which no roster needs.
  if (count > MAX_PARTS || offset === 0xffffffff) throw tooLarge()
  const entries: ZipEntry[] = []
  for (let index = 0; index < count; index++) {
    if (offset + 46 > bytes.length || !bytes.subarray(offset, offset + 4).equals(ZIP_DIRECTORY_ENTRY)) {
      throw damaged()
    }
    const nameLength = bytes.readUInt16LE(offset + 28)
    const method = bytes.readUInt16LE(offset + 10)
    if (method !== 0 && method !== 8) throw damaged()
    entries.push({
      name: plainName(bytes.toString('utf8', offset + 46, offset + 46 + nameLength)),
      encrypted: (bytes.readUInt16LE(offset + 8) & 1) === 1,
      stored: method === 0,
      declaredBytes: bytes.readUInt32LE(offset + 24),
      packed: packedBytes(bytes, bytes.readUInt32LE(offset + 42), bytes.readUInt32LE(offset + 20)),
    })
    offset += 46 + nameLength + bytes.readUInt16LE(offset + 30) + bytes.readUInt16LE(offset + 32)
  }
  return entries
}

/** Some programs write backslashes, or begin at a root. */
const plainName = (name: string): string => name.replaceAll('\\', '/').replace(/^\/+/, '')

function packedBytes(bytes: Buffer, localHeader: number, size: number): Buffer {
  if (localHeader + 30 > bytes.length) throw damaged()
  if (!bytes.subarray(localHeader, localHeader + 4).equals(ZIP_LOCAL_HEADER)) throw damaged()
  const start = localHeader + 30 + bytes.readUInt16LE(localHeader + 26) + bytes.readUInt16LE(localHeader + 28)
  if (start + size > bytes.length) throw damaged()
  return bytes.subarray(start, start + size)
}
