import ExcelJS from 'exceljs'
import { inGb18030 } from '../../support/gb18030.js'
import { openVillage, type Village } from '../../support/village.js'
import { HEADINGS } from '../../unit/roster/workbook-builder.js'
import { ImportDesk, line, rosterOf, type Line } from './import-desk.js'
import { download, textOf } from './workbooks.js'

/** More than are written to the file at a time. */
const FAULTY = 210

describe('The refused rows of any file come back corrected, and that was all', () => {
  let village: Village
  let desk: ImportDesk

  beforeAll(async () => {
    village = await openVillage()
    desk = new ImportDesk(village.world, await village.as('zhou'))
  })
  afterAll(() => village.world.close())

  const inText = (lines: Line[]): Buffer => {
    const rows = lines.map((cells) =>
      HEADINGS.map((heading) => `"${textOf(cells[heading]).replaceAll('"', '""')}"`).join(','),
    )
    return inGb18030([HEADINGS.join(','), ...rows].join('\r\n'))
  }
  /** What an officer does in Excel: one column filled in from top to bottom. */
  const correct = async (file: Buffer, heading: string, value: string): Promise<Buffer> => {
    const workbook = new ExcelJS.Workbook()
    await workbook.xlsx.load(new Uint8Array(file).buffer)
    const [sheet] = workbook.worksheets
    if (!sheet) throw new Error('the file has no sheet')
    const column = (sheet.getRow(1).values as string[]).indexOf(heading)
    for (let row = 2; row <= sheet.rowCount; row++) sheet.getCell(row, column).value = value
    return Buffer.from(await workbook.xlsx.writeBuffer())
  }

  it.each([
    ['a text file', '花名册.csv', (lines: Line[]) => Promise.resolve(inText(lines))],
    ['a workbook', '花名册.xlsx', (lines: Line[]) => rosterOf(lines)],
  ])('those of %s', async (_, fileName, make) => {
    const sound = line('𠮷永昌')
    const faulty = Array.from({ length: FAULTY }, (__, index) =>
      line(index === 0 ? '阿依古丽·热合曼' : '党员㛃', {
        民族: index % 2 ? '' : '不详',
        家庭住址: '=1+1, "东院"',
      }),
    )
    const first = await desk.upload(await make([sound, ...faulty]), fileName)
    expect(first.counts).toMatchObject({ total: FAULTY + 1, new: 1, refused: FAULTY })
    await desk.carryOut(first.id)

    const file = await download(desk.officer, `/roster-imports/${first.id}/refused-rows`)
    expect(file.fileName).toBe('需要改正的行-花名册.xlsx')
    const again = await desk.upload(await correct(file.bytes, '民族', '汉族'), file.fileName)
    expect(again.counts).toMatchObject({ total: FAULTY, new: FAULTY, refused: 0 })
    await desk.carryOut(again.id)
    for (const cells of [sound, ...faulty.slice(0, 2), ...faulty.slice(-2)]) {
      const address = cells === sound ? '云溪县杏花巷 12 号' : '=1+1, "东院"'
      expect(await desk.memberOf(cells)).toMatchObject({ name: cells['姓名'], address })
    }
    // The first file once more: everybody is known, and what was faulty in it still is.
    const last = await desk.upload(await make([sound, ...faulty]), fileName)
    expect(last.counts).toMatchObject({ same: 1, new: 0, refused: FAULTY })
  })
})
