import { looksLikeText, startsWith } from './text-encoding.rules.js'
import { encrypted, SAVE_AS, unreadable, type UnreadableFile } from './unreadable-file.error.js'
import { WorkbookPackage } from './workbook-package.js'
import { UnpackingBudget } from './zip-archive.js'

const ZIP = Buffer.from('PK\x03\x04', 'latin1')
const COMPOUND_FILE = Buffer.from('d0cf11e0a1b11ae1', 'hex')
/** Files that look like text but are no tables: PDF, RTF, PostScript. */
const OTHER_TEXTS = /^\s*(%PDF|\{\\rtf|%!PS)/
/** The relations of a workbook with hundreds of sheets have a tenth of this. */
const MAX_RELATIONS_BYTES = 1024 * 1024

/**
 * Tells the kind of a file by its content, because its name proves nothing. It is fast: it decodes nothing and
 * unpacks only the relations of a workbook.
 * @throws UnreadableFile when it is neither a workbook nor a text, or a workbook that must not be opened
 */
export async function recognizeFile(bytes: Buffer): Promise<'workbook' | 'text'> {
  if (bytes.length === 0) throw unreadable('file-empty', '文件是空的。请选择填好的表格再上传。')
  if (startsWith(bytes, ZIP)) {
    await WorkbookPackage.open(bytes, new UnpackingBudget(MAX_RELATIONS_BYTES))
    return 'workbook'
  }
  if (startsWith(bytes, COMPOUND_FILE)) throw compoundFile(bytes)
  const opening = bytes.subarray(0, 1024).toString('latin1').toLowerCase()
  // Many older systems "export to Excel" by naming a web page .xls.
  if (/^\W{0,8}\s*<(!doctype|html|table|\?xml)/.test(opening)) {
    throw unreadable('old-workbook-format', `这是网页形式的表格，不是工作簿。${SAVE_AS}`)
  }
  if (!looksLikeText(bytes) || OTHER_TEXTS.test(bytes.toString('latin1', 0, 64))) {
    throw unreadable(
      'not-a-workbook',
      '这不是表格文件（可能是图片、文档或其他文件）。请选择 .xlsx 或 .csv 格式的表格。',
    )
  }
  return 'text'
}

function compoundFile(bytes: Buffer): UnreadableFile {
  if (bytes.includes(Buffer.from('EncryptedPackage', 'utf16le'))) return encrypted()
  return unreadable(
    'old-workbook-format',
    '这是旧的 .xls 格式（或其他旧版 Office 文件）。请在 Excel 中另存为 .xlsx，再重新上传。',
  )
}
