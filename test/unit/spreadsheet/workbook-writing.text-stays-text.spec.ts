import ExcelJS from 'exceljs'
import fc from 'fast-check'
import { buffer } from 'node:stream/consumers'
import { openWorkbook } from '../../../server/platform/spreadsheet/reading/workbook.reader.js'
import type { CellValue } from '../../../server/platform/spreadsheet/writing/cells.rules.js'
import { streamWorkbook } from '../../../server/platform/spreadsheet/writing/stream-workbook.js'

async function firstSheet(rows: CellValue[][], sheetName = '名单'): Promise<ExcelJS.Worksheet> {
  const bytes = await buffer(streamWorkbook({ sheetName, headings: ['甲', '乙', '丙'], rows }))
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.load(new Uint8Array(bytes).buffer)
  const [sheet] = workbook.worksheets
  if (!sheet) throw new Error('The workbook has no sheet')
  return sheet
}

/** The first column below the header, as our own reader finds it; a blank cell is none. */
async function readBack(texts: string[]): Promise<string[]> {
  const rows = texts.map((text) => [text])
  const [sheet] = await openWorkbook(
    await buffer(streamWorkbook({ sheetName: '名单', headings: ['甲'], rows })),
  )
  const found = texts.map(() => '')
  for await (const some of sheet?.rows() ?? []) {
    for (const { rowNumber, cells } of some) if (rowNumber > 1) found[rowNumber - 2] = cells[0]?.text ?? ''
  }
  return found
}

describe('A spreadsheet of ours', () => {
  it.each([
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\tx',

    "'x",
    '=cmd|"/c calc"!A1',
    '00123',
    '1e5',
    '<b>&amp;</b>',
    '_x0041_',
  ])('keeps %j as text, under the text format', async (text) => {
    const cell = (await firstSheet([[text]])).getCell('A2')
    expect(cell.type).toBe(ExcelJS.ValueType.String)
    expect(await readBack([text])).toEqual([text])
    expect(cell.numFmt).toBe('@')
  })

  it('gives back any text that a spreadsheet can hold', async () => {
    const printable = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
    await fc.assert(
      fc.asyncProperty(fc.array(printable, { minLength: 1, maxLength: 20 }), async (texts) => {
        expect(await readBack(texts)).toEqual(texts.map((text) => (text.trim() === '' ? '' : text)))
      }),
      { numRuns: 20 },
    )
  })

  it('has one kind of line break, which never begins a formula', async () => {
    const cell = (await firstSheet([['\r=1+1\r\n甲']])).getCell('A2')
    expect(cell.value).toBe('\n=1+1\n甲')
  })

  it('drops what markup cannot hold, and cuts what a cell cannot', async () => {
    const sheet = await firstSheet([['甲\u0000\u0007乙', '字'.repeat(40_000)]])
    expect(sheet.getCell('A2').value).toBe('甲乙')
    expect(sheet.getCell('B2').text).toHaveLength(32_767)
  })

  it('writes numbers as numbers, nothing as nothing, and headings first', async () => {
    const sheet = await firstSheet([[4500.5, null, '']])
    expect(sheet.getRow(1).values).toEqual([undefined, '甲', '乙', '丙'])
    expect(sheet.getCell('A2').value).toBe(4500.5)
    expect([sheet.getCell('B2').value, sheet.getCell('C2').value]).toEqual([null, null])
  })

  it.each([
    ["'a/b\\c?d*[e]:f'", 'a b c d  e  f'],
    ['长'.repeat(40), '长'.repeat(31)],
    ['???', 'Sheet1'],
  ])('has a sheet name that Excel accepts: %j', async (given, expected) => {
    expect((await firstSheet([], given)).name).toBe(expected)
  })
})
