export type UnreadableFileCode =
  | 'roster.file-empty'
  | 'roster.not-a-workbook'
  | 'roster.old-workbook-format'
  | 'roster.workbook-encrypted'
  | 'roster.workbook-damaged'
  | 'roster.workbook-too-large'
  | 'roster.workbook-macros'
  | 'roster.workbook-external-links'
  | 'roster.workbook-empty'
  | 'roster.text-encoding'
  | 'roster.text-quotes'
  | 'roster.header-missing'
  | 'roster.columns-missing'
  | 'roster.header-ambiguous'
  | 'roster.too-many-columns'
  | 'roster.too-many-rows'
  | 'roster.no-rows'

/**
 * The file as a whole cannot be read as a roster. `code` names the obstacle, `message` is Chinese, fit to be shown,
 * and ends with what the person may do next. Neither ever quotes a cell that could hold personal data.
 */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile'

  constructor(
    readonly code: UnreadableFileCode,
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
  '请在 Excel 中新建一个工作簿，把花名册内容复制过去（粘贴为数值），保存为 .xlsx 后再上传。'

export const damaged = (): UnreadableFile =>
  new UnreadableFile('roster.workbook-damaged', `文件不完整或已损坏，读不出来。${REBUILD}`)

export const tooLarge = (): UnreadableFile =>
  new UnreadableFile('roster.workbook-too-large', `文件解开后过大，没有读取。${REBUILD}`)

export const takesTooLong = (): UnreadableFile =>
  new UnreadableFile('roster.workbook-too-large', `文件太复杂，读了很久也没有读完，没有再读下去。${REBUILD}`)
