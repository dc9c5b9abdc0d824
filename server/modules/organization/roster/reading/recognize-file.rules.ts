import { looksLikeText } from './text-encoding.rules.js'
import { SAVE_AS, UnreadableFile } from './unreadable-file.error.js'
import { encrypted, isZip, startsWith, workbookParts } from './workbook-container.rules.js'

const COMPOUND_FILE = Buffer.from('d0cf11e0a1b11ae1', 'hex')
/** Texts by their look that are no tables. */
const OTHER_TEXTS = /^\s*(%PDF|\{\\rtf|%!PS)/

/**
 * What kind of file this is, by its content: what it is called says nothing. Unpacks and decodes nothing, so that the
 * answer comes at once.
 * @throws UnreadableFile when it is neither a workbook nor a text, or one that is not to be opened
 */
export function recognizeFile(bytes: Buffer): 'workbook' | 'text' {
  if (bytes.length === 0) {
    throw new UnreadableFile('roster.file-empty', '文件是空的。请选择填好的党员花名册再上传。')
  }
  if (isZip(bytes)) {
    workbookParts(bytes)
    return 'workbook'
  }
  if (startsWith(bytes, COMPOUND_FILE)) throw compoundFile(bytes)
  const opening = bytes.subarray(0, 1024).toString('latin1').toLowerCase()
  // Many older systems "export to Excel" by naming a web page .xls.
  if (/^\W{0,8}\s*<(!doctype|html|table|\?xml)/.test(opening)) {
    throw new UnreadableFile('roster.old-workbook-format', `这是网页形式的表格，不是工作簿。${SAVE_AS}`)
  }
  if (!looksLikeText(bytes) || OTHER_TEXTS.test(bytes.toString('latin1', 0, 64))) {
    throw new UnreadableFile(
      'roster.not-a-workbook',
      '这不是表格文件（可能是图片、文档或其他文件）。请选择 .xlsx 或 .csv 格式的党员花名册。',
    )
  }
  return 'text'
}

function compoundFile(bytes: Buffer): UnreadableFile {
  if (bytes.includes(Buffer.from('EncryptedPackage', 'utf16le'))) return encrypted()
  return new UnreadableFile(
    'roster.old-workbook-format',
    '这是旧的 .xls 格式（或其他旧版 Office 文件）。请在 Excel 中另存为 .xlsx，再重新上传。',
  )
}
