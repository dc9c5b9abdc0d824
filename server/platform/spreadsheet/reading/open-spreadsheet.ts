import { openText } from './csv.reader.js'
import type { NamedColumns } from './csv-dialect.rules.js'
import { recognizeFile } from './recognize-file.js'
import type { SheetSource } from './sheet-source.js'
import { openWorkbook } from './workbook.reader.js'
import type { UnpackingBudget } from './zip-archive.js'

/**
 * The sheets of a file, visible ones before hidden ones; a text is one sheet. It needs no database and no settings,
 * because it runs in its own thread.
 * @param budget for tests, which read from it how many bytes a refusal has unpacked
 * @throws UnreadableFile when the file as a whole cannot be used
 */
export async function openSpreadsheet(
  bytes: Buffer,
  namedColumns: NamedColumns,
  budget?: UnpackingBudget,
): Promise<SheetSource[]> {
  const kind = await recognizeFile(bytes)
  return kind === 'workbook' ? openWorkbook(bytes, budget) : [openText(bytes, namedColumns)]
}
