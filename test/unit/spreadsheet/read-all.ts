import { openSpreadsheet } from '../../../server/platform/spreadsheet/reading/open-spreadsheet.js'
import type { UnpackingBudget } from '../../../server/platform/spreadsheet/reading/zip-archive.js'

export interface WholeSheet {
  name: string
  /** Texts by row, without rows that hold nothing. */
  texts: string[][]
}

/** Everything that a file holds, sheet by sheet. No column has a name. */
export async function readAll(bytes: Buffer, budget?: UnpackingBudget): Promise<WholeSheet[]> {
  const sheets: WholeSheet[] = []
  for (const { name, rows } of await openSpreadsheet(bytes, () => 0, budget)) {
    const texts: string[][] = []
    for await (const some of rows()) texts.push(...some.map(({ cells }) => cells.map(({ text }) => text)))
    sheets.push({ name, texts })
  }
  return sheets
}
