import type { Readable } from 'node:stream'
import { streamWorkbook } from '../../../platform/spreadsheet/writing/stream-workbook.js'
import { normaliseHeading } from './roster-columns.rules.js'
import type { RowProblem } from './roster-row.rules.js'

export interface RefusedRow {
  /** Row of the file that was uploaded, as Excel counts them. */
  rowNumber: number
  original: readonly string[]
  problems: readonly Pick<RowProblem, 'heading' | 'reason'>[]
}

const OUR_HEADINGS = ['行号', '有误的栏目', '原因'] as const
/** A text file has no sheet. */
const UNNAMED = '党员花名册'
const OURS: ReadonlySet<string> = new Set(OUR_HEADINGS)

/**
 * An .xlsx with the refused rows unchanged, in their columns and order, and three columns that say what is wrong. The
 * corrected file can be uploaded as it is: our reader ignores the added columns. When rows of such a file are refused
 * again, the added columns are replaced.
 */
export function refusedRowsWorkbook(
  sheet: { sheetName: string; columns: ReadonlyArray<{ heading: string }> },
  refused: AsyncIterable<RefusedRow[]>,
): Readable {
  const kept = sheet.columns.flatMap((column, index) =>
    OURS.has(normaliseHeading(column.heading)) ? [] : [{ heading: column.heading, index }],
  )
  const cellsOf = (row: RefusedRow) => [
    ...kept.map((column) => row.original[column.index] ?? ''),
    String(row.rowNumber),
    [...new Set(row.problems.map((problem) => problem.heading))].join('、'),
    row.problems.map((problem) => `${problem.heading}：${problem.reason}`).join('；'),
  ]
  return streamWorkbook({
    sheetName: sheet.sheetName || UNNAMED,
    headings: [...kept.map((column) => column.heading), ...OUR_HEADINGS],
    rows: (async function* () {
      for await (const rows of refused) yield* rows.map(cellsOf)
    })(),
  })
}
