export type UnreadableWorkbookCode =
  | 'roster.file-empty'
  | 'roster.not-a-workbook'
  | 'roster.old-workbook-format'
  | 'roster.workbook-encrypted'
  | 'roster.workbook-damaged'
  | 'roster.workbook-too-large'
  | 'roster.workbook-empty'
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
export class UnreadableWorkbook extends Error {
  override readonly name = 'UnreadableWorkbook'

  constructor(
    readonly code: UnreadableWorkbookCode,
    message: string,
  ) {
    super(message)
  }
}
