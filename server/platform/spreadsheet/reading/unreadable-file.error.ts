import { MAX_SHEET_ROWS } from './sheet-source.js'

export type UnreadableCode =
  | 'file-empty'
  | 'not-a-workbook'
  | 'old-workbook-format'
  | 'workbook-encrypted'
  | 'workbook-damaged'
  | 'workbook-part-missing'
  | 'workbook-too-large'
  | 'workbook-macros'
  | 'workbook-external-links'
  | 'text-encoding'
  | 'text-quotes'
  | 'too-many-rows'

/**
 * The file as a whole cannot be read as a table. `code` names the obstacle. `message` is Chinese, can be shown, and
 * ends with what the person may do next. Neither quotes a cell, because a cell may hold personal data.
 */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile'

  constructor(
    /** One of `UnreadableCode`, or of the module that knows what the table is about. */
    readonly code: string,
    message: string,
  ) {
    super(message)
  }
}

/** The code of an error of Node or a parser, empty when it has none. */
export const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''

export const SAVE_AS = '请用 Excel 或 WPS 打开后另存为 .xlsx，再重新上传。'
export const REBUILD =
  '请在 Excel 中新建一个工作簿，把表格内容复制过去（粘贴为数值），保存为 .xlsx 后再上传。'

/** A refusal for tables of any kind. */
export const unreadable = (code: UnreadableCode, message: string): UnreadableFile =>
  new UnreadableFile(code, message)

export const damaged = (): UnreadableFile =>
  unreadable('workbook-damaged', `文件不完整或已损坏，读不出来。${REBUILD}`)

export const encrypted = (): UnreadableFile =>
  unreadable('workbook-encrypted', '文件有密码，无法读取。请在 Excel 中打开，去掉打开密码并保存后再上传。')

export const tooLarge = (): UnreadableFile =>
  unreadable('workbook-too-large', `文件解开后过大，没有读取。${REBUILD}`)

export const tooManyRows = (): UnreadableFile =>
  unreadable(
    'too-many-rows',
    `表格超过 ${MAX_SHEET_ROWS} 行（含只设了格式的空行）。请删除表格下方的空行，或把表格分成几个文件。`,
  )

export const takesTooLong = (): UnreadableFile =>
  unreadable('workbook-too-large', `文件太复杂，读了很久也没有读完，没有再读下去。${REBUILD}`)
