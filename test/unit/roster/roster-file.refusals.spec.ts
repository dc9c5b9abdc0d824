import { openRoster } from '../../../server/modules/organization/roster/reading/roster-file.reader.js'
import { UnpackingBudget } from '../../../server/platform/spreadsheet/reading/zip-archive.js'
import { UnreadableFile } from '../../../server/platform/spreadsheet/reading/unreadable-file.error.js'
import { readWhole } from './read-whole.js'
import { handmadeParts, textRow, zipOf } from '../../support/workbook-files.js'
import { HEADINGS, SOUND_ROW, workbookOf } from './workbook-builder.js'

const MEGABYTE = 1024 * 1024
const HEADER = textRow(1, ['姓名', '公民身份号码', '所在党支部'])

async function failure(bytes: Buffer): Promise<unknown> {
  return readWhole(bytes).then(
    () => null,
    (reason: unknown) => reason,
  )
}

async function refusal(bytes: Buffer): Promise<[string, string]> {
  const error = await failure(bytes)
  expect(error).toBeInstanceOf(UnreadableFile)
  const { code, message } = error as UnreadableFile
  // Every refusal is a sentence in Chinese that says what to do next.
  expect(message).toMatch(/请.*。$/)
  return [code, message]
}

describe('A roster beyond all measure is refused after little of it was looked at', () => {
  /** What was unpacked until it was refused. */
  async function costOf(bytes: Buffer): Promise<{ code: unknown; unpacked: number }> {
    const budget = new UnpackingBudget(Infinity)
    const error = await openRoster(bytes, budget).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(UnreadableFile)
    expect((error as UnreadableFile).message).toMatch(/请.*。$/)
    return { code: (error as UnreadableFile).code, unpacked: budget.spent }
  }
  const parts = (rows: string, more: Record<string, string | Buffer> = {}) =>
    zipOf({ ...handmadeParts(HEADER + rows), ...more })

  it('a picture of any size is never unpacked', async () => {
    const budget = new UnpackingBudget(Infinity)
    const row = textRow(2, ['周明远', '1', '甲支部'])
    const { layout } = await openRoster(
      parts(row, { 'xl/media/image1.png': Buffer.alloc(201 * MEGABYTE) }),
      budget,
    )
    expect(layout.people).toBe(1)
    expect(budget.spent).toBeLessThan(MEGABYTE)
  })

  it('ten thousand columns', async () => {
    const wide = (rowNumber: number) => `<row r="${rowNumber}">${'<c><v>1</v></c>'.repeat(10_000)}</row>`
    const rows = Array.from({ length: 300 }, (_, index) => wide(index + 2)).join('')
    const { code, unpacked } = await costOf(parts(rows))
    expect(code).toBe('too-many-columns')
    expect(unpacked).toBeLessThan(2 * wide(2).length)
  })

  it('one more than 100,000 people, and all above', async () => {
    const row = (rowNumber: number) => `<row r="${rowNumber}"><c><v>${rowNumber}</v></c></row>`
    const rows = Array.from({ length: 140_000 }, (_, index) => row(index + 2)).join('')
    const { code, unpacked } = await costOf(parts(rows))
    expect(code).toBe('too-many-rows')
    expect(unpacked).toBeLessThan(Buffer.byteLength(rows) * 0.8)
  })

  it.each([
    ['ten thousand columns', '<c><v>1</v></c>'.repeat(10_000), 'too-many-columns', '16384 列'],
    ['one cell in the last column', '', 'too-many-columns', '16384 列'],
    ['nothing but notes', '<c><v>1</v></c>', 'header-missing', '前 1000 行'],
  ])('rows above the header with %s', async (what, cells, code, words) => {
    const last = what.startsWith('nothing') ? '' : '<c r="XFD1"><v>1</v></c>'
    const above = Array.from({ length: 2_000 }, (_, index) => `<row r="${index + 1}">${cells}${last}</row>`)
    const below =
      textRow(2_001, ['姓名', '公民身份号码', '所在党支部']) + textRow(2_002, ['周明远', '1', '甲'])
    const [found, message] = await refusal(zipOf(handmadeParts(above.join('') + below)))
    expect(found).toBe(code)
    expect(message).toContain(words)
  })

  it('ranges merged one over the other', async () => {
    const merges = Array.from({ length: 600 }, (_, index) => `<mergeCell ref="A2:B${index + 3}"/>`).join('')
    const bytes = zipOf(
      handmadeParts(HEADER + textRow(2, ['周明远', '1', '甲支部']), `<mergeCells>${merges}</mergeCells>`),
    )
    expect((await refusal(bytes))[0]).toBe('workbook-too-large')
  })
})

describe('A workbook that only looks too large', () => {
  const row = textRow(2, ['周明远', '1', '甲支部'])

  it.each([
    [
      'a drop-down list over a whole column',
      '<dataValidations><dataValidation sqref="A1:XFD1048576"/></dataValidations>',
    ],
    ['cells merged over millions', '<mergeCells><mergeCell ref="A3:XFD1048576"/></mergeCells>'],
  ])('is read past %s', async (_, afterData) => {
    expect((await readWhole(zipOf(handmadeParts(HEADER + row, afterData)))).rows).toHaveLength(1)
  })

  it('is read from its second sheet when the first is a wide table of something else', async () => {
    const wide = Array.from({ length: 100 }, (_, index) => `指标${index}`)
    const bytes = await workbookOf(
      { name: '统计', rows: [wide] },
      { name: '花名册', rows: [HEADINGS, SOUND_ROW] },
    )
    expect(await readWhole(bytes)).toMatchObject({ sheetName: '花名册', rows: [{ rowNumber: 2 }] })
  })

  it('is read with its header in the thousandth row, the last where it is looked for', async () => {
    const notes = Array.from({ length: 999 }, (_, index) => textRow(index + 1, ['说明']))
    const roster =
      textRow(1_000, ['姓名', '公民身份号码', '所在党支部']) + textRow(1_001, ['周明远', '1', '甲'])
    expect(await readWhole(zipOf(handmadeParts(notes.join('') + roster)))).toMatchObject({ headerRow: 1_000 })
  })

  it('is refused with 200 columns, in words that say how many are meant', async () => {
    const wide = [...HEADINGS, ...Array.from({ length: 181 }, (_, index) => `列${index}`)]
    expect(await refusal(await workbookOf({ rows: [wide, SOUND_ROW] }))).toEqual([
      'too-many-columns',
      expect.stringContaining('200 列，最多 60 列'),
    ])
  })
})

describe('A workbook without a usable header', () => {
  it('is refused when it holds nothing', async () => {
    expect((await refusal(await workbookOf({ rows: [] })))[0]).toBe('workbook-empty')
  })

  it('is refused when it is a text that is no table', async () => {
    expect((await refusal(Buffer.from('姓名,身份证号\n周明远,1')))[0]).toBe('header-missing')
  })

  it('is refused when no row names columns', async () => {
    expect(await refusal(await workbookOf({ rows: [SOUND_ROW] }))).toEqual([
      'header-missing',
      expect.stringContaining('“公民身份号码”'),
    ])
  })

  it('is refused with the missing columns by name', async () => {
    const bytes = await workbookOf({ rows: [['姓名', '性别', '民族', '学历'], ['周明远']] })
    expect(await refusal(bytes)).toEqual([
      'columns-missing',
      expect.stringContaining('第 1 行表头中缺少“公民身份号码”“所在党支部”列'),
    ])
  })

  it('is refused when two headers differ, naming both rows', async () => {
    const other = ['姓名', '身份证号', '支部', '电话']
    const bytes = await workbookOf({ rows: [HEADINGS, SOUND_ROW, [], other, ['李四']] })
    expect(await refusal(bytes)).toEqual(['header-ambiguous', expect.stringMatching(/第 1 行和第 4 行/)])
  })

  it('is refused when nobody stands below the header', async () => {
    const bytes = await workbookOf({ rows: [HEADINGS, ['合计', '0人']] })
    expect(await refusal(bytes)).toEqual(['no-rows', expect.stringContaining('第 1 行表头下面')])
  })
})

it('A sound workbook packed by hand is read, so the refusals above are not of the packing', async () => {
  const row = textRow(2, ['周明远', '1', '甲支部'])
  const sheet = await readWhole(zipOf(handmadeParts(HEADER + row)))
  expect(sheet.rows.map((read) => read.cells.name?.text)).toEqual(['周明远'])
})
