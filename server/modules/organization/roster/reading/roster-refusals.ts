import { UnreadableFile } from '../../../../platform/spreadsheet/reading/unreadable-file.error.js'

/** Why a table that can be read is still no roster. */
export type RosterRefusal =
  | 'workbook-empty'
  | 'header-missing'
  | 'columns-missing'
  | 'header-ambiguous'
  | 'too-many-columns'
  | 'too-many-rows'
  | 'no-rows'

/** @param message Chinese, ends with what the person may do next */
export const notRoster = (code: RosterRefusal, message: string): UnreadableFile =>
  new UnreadableFile(code, message)

/** The refusal code with its prefix, as answers and the audit record show it. */
export const refusalCode = ({ code }: UnreadableFile): string => `roster.${code}`
