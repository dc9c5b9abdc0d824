import type { RosterRow } from '../../../server/modules/organization/roster/roster-row.rules.js'
import { openRoster } from '../../../server/modules/organization/roster/reading/roster-file.reader.js'
import type { RosterColumn } from '../../../server/modules/organization/roster/reading/roster-sheet.rules.js'
import type { UnpackingBudget } from '../../../server/platform/spreadsheet/reading/zip-archive.js'

export interface WholeRoster {
  sheetName: string
  headerRow: number
  columns: RosterColumn[]
  rows: RosterRow[]
  notes: string[]
}

/** Everything that a roster file holds, at once. */
export async function readWhole(bytes: Buffer, budget?: UnpackingBudget): Promise<WholeRoster> {
  const { sheetName, layout, people, notes } = await openRoster(bytes, budget)
  const rows: RosterRow[] = []
  for await (const some of people()) rows.push(...some)
  return { sheetName, headerRow: layout.headerRow, columns: layout.columns, rows, notes: await notes() }
}
