import ExcelJS from 'exceljs'
import { buffer } from 'node:stream/consumers'
import {
  refusedRowsWorkbook,
  type RefusedRow,
} from '../../../server/modules/organization/roster/refused-rows.workbook.js'
import { readRosterRow } from '../../../server/modules/organization/roster/roster-row.rules.js'
import { readWhole, type WholeRoster } from './read-whole.js'
import { HEADINGS, soundRowWith, workbookOf } from './workbook-builder.js'

const TODAY = '2026-06-30'

function refusedOf(sheet: WholeRoster) {
  return sheet.rows.flatMap((row) => {
    const reading = readRosterRow(row, TODAY)
    return 'problems' in reading ? [{ ...row, problems: reading.problems }] : []
  })
}

/** As it is sent, in two parts. */
const writeRefused = (sheet: WholeRoster, refused: RefusedRow[]): Promise<Buffer> =>
  buffer(
    refusedRowsWorkbook(
      sheet,
      (async function* () {
        yield await Promise.resolve(refused.slice(0, 1))
        yield refused.slice(1)
      })(),
    ),
  )

async function textsOf(bytes: Buffer): Promise<string[][]> {
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.load(new Uint8Array(bytes).buffer)
  const rows: string[][] = []
  workbook.worksheets[0]?.eachRow((row) => {
    const texts: string[] = []
    row.eachCell({ includeEmpty: true }, (cell) => texts.push(cell.text))
    rows.push(texts)
  })
  return rows
}

describe('Refused rows', () => {
  const upload = () =>
    workbookOf({
      name: '党员花名册',
      rows: [
        ['标题'],
        HEADINGS,
        soundRowWith({ 性别: '女', 计算基数: '约5000' }),
        soundRowWith({ 姓名: '李四' }),
        soundRowWith({
          公民身份号码: 990101198303216000,
          出生日期: new Date('1983-03-21T00:00:00Z'),
          家庭住址: '=HYPERLINK("http://example.invalid")',
          工作岗位: '+86\t@SUM(1)',
        }),
      ],
    })

  it('go back in their columns, with row number, columns at fault and reasons added', async () => {
    const sheet = await readWhole(await upload())
    const refused = refusedOf(sheet)
    const [headings, first, second] = await textsOf(await writeRefused(sheet, refused))
    expect(headings).toEqual([...HEADINGS, '行号', '有误的栏目', '原因'])
    expect(first?.slice(0, 19)).toEqual(refused[0]?.original)
    expect(first?.slice(19)).toEqual([
      '3',
      '计算基数、性别',
      expect.stringMatching(/^计算基数：不是确切的金额.*；性别：/),
    ])
    expect(second?.[13]).toBe('=HYPERLINK("http://example.invalid")')
    expect(second?.[11]).toBe('+86\t@SUM(1)')
    expect(second?.[19]).toBe('5')
  })

  it('come in again, corrected or not: the same rows are read and the added columns ignored', async () => {
    const sheet = await readWhole(await upload())
    const refused = refusedOf(sheet)
    const again = await readWhole(await writeRefused(sheet, refused))
    expect(again.columns.slice(0, 19)).toEqual(sheet.columns)
    expect(again.columns.slice(19).map((column) => column.field)).toEqual([null, null, null])
    expect(again.rows.map((row) => row.original.slice(0, 19))).toEqual(refused.map((row) => row.original))
    // An identity number cut short by Excel stays refused although its cell is text by now.
    expect(refusedOf(again).map((row) => row.problems)).toEqual(refused.map((row) => row.problems))
  })

  it('that are refused again do not gather the added columns', async () => {
    const sheet = await readWhole(await upload())
    const again = await readWhole(await writeRefused(sheet, refusedOf(sheet)))
    const [headings, first] = await textsOf(await writeRefused(again, refusedOf(again)))
    expect(headings).toEqual([...HEADINGS, '行号', '有误的栏目', '原因'])
    expect(first?.[19]).toBe('2')
  })
})
