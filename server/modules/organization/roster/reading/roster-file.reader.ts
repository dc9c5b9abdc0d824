import type { RosterRow } from '../roster-row.rules.js'
import { layOutColumns } from '../roster-columns.rules.js'
import { PeopleReader } from './people.reader.js'
import { notRoster } from './roster-refusals.js'
import { SheetSurvey, type RosterLayout } from './roster-sheet.rules.js'
import { holdsText, type SheetSource } from '../../../../platform/spreadsheet/reading/sheet-source.js'
import { UnreadableFile } from '../../../../platform/spreadsheet/reading/unreadable-file.error.js'
import { openSpreadsheet } from '../../../../platform/spreadsheet/reading/open-spreadsheet.js'
import type { UnpackingBudget } from '../../../../platform/spreadsheet/reading/zip-archive.js'

/** A file that has been checked and can be used. */
export interface RosterFile {
  /** Empty for a text file. */
  sheetName: string
  layout: RosterLayout
  /** The people in the file, in order, in portions of any size. @throws UnreadableFile */
  people: () => AsyncGenerator<RosterRow[]>
  /** Chinese remarks on what was skipped; complete when all people have been read. */
  notes: () => Promise<string[]>
}

/**
 * Opens a member roster: the first sheet, visible ones before hidden ones, that has a header row. The sheet is read
 * twice: first to find what refuses the whole file, then for its people.
 * @throws UnreadableFile when the file as a whole cannot be used
 */
export async function openRoster(bytes: Buffer, budget?: UnpackingBudget): Promise<RosterFile> {
  const sheets = await openSpreadsheet(bytes, (texts) => layOutColumns(texts).size, budget)
  const { sheet, layout } = await chooseSheet(sheets)
  if (layout.people === 0) throw nobodyThere(layout)
  const reader = new PeopleReader(layout, sheet.date1904)
  return {
    sheetName: sheet.name,
    layout,
    people: async function* () {
      for await (const rows of sheet.rows()) {
        yield rows.map((row) => reader.read(row)).filter((row) => row !== null)
      }
    },
    notes: async () => [...reader.notes(), ...(await unreadSheets(sheets, sheet))],
  }
}

async function chooseSheet(sheets: SheetSource[]): Promise<{ sheet: SheetSource; layout: RosterLayout }> {
  let isEmpty = true
  let givenUp: UnreadableFile | null = null
  for (const sheet of sheets) {
    const survey = new SheetSurvey()
    for await (const rows of sheet.rows()) {
      rows.forEach((row) => survey.add(row))
      if (survey.givenUp) break
    }
    givenUp ??= survey.givenUp
    isEmpty &&= survey.isEmpty
    const layout = survey.finish()
    if (layout) return { sheet, layout }
  }
  throw isEmpty
    ? notRoster('workbook-empty', '文件里没有内容。请选择填好的党员花名册再上传。')
    : (givenUp ??
        notRoster(
          'header-missing',
          '没有找到表头。请在花名册上方保留一行列名，至少有“姓名”“公民身份号码”“所在党支部”。',
        ))
}

const nobodyThere = ({ headerRow }: RosterLayout): UnreadableFile =>
  notRoster('no-rows', `第 ${headerRow} 行表头下面没有党员。请填写花名册后再上传。`)

async function unreadSheets(sheets: readonly SheetSource[], read: SheetSource): Promise<string[]> {
  const names: string[] = []
  for (const sheet of sheets) {
    if (sheet !== read && (await holdsAnything(sheet))) names.push(`“${sheet.name}”`)
  }
  return names.length > 0 ? [`只读取了工作表“${read.name}”，没有读取${names.join('')}`] : []
}

/** A sheet that cannot be read counts as not empty, so that the remarks name it. */
async function holdsAnything(sheet: SheetSource): Promise<boolean> {
  try {
    for await (const rows of sheet.rows()) if (rows.some(holdsText)) return true
    return false
  } catch (error) {
    if (error instanceof UnreadableFile) return true
    throw error
  }
}
