import { readRosterRow } from '../../../server/modules/organization/roster/roster-row.rules.js'
import { UnreadableFile } from '../../../server/platform/spreadsheet/reading/unreadable-file.error.js'
import { inGb18030 } from '../../support/gb18030.js'
import { readWhole } from './read-whole.js'
import { HEADINGS, SOUND_ROW, workbookOf } from './workbook-builder.js'

const TODAY = '2026-06-30'
const SOUND = SOUND_ROW.map(String)
const soundWith = (changes: Record<string, string>) =>
  HEADINGS.map((heading, index) => changes[heading] ?? SOUND[index] ?? '')
const csv = (rows: string[][], delimiter = ',', end = '\r\n') =>
  rows.map((row) => row.join(delimiter)).join(end)

/** 吉永昌, 𠮷永昌, 赵𬱖 and 阿依古丽·热合曼 as Excel on a Chinese Windows writes them. */
const IN_GB18030: ReadonlyArray<readonly [hex: string, name: string]> = [
  ['bcaa d3c0 b2fd', '吉永昌'],
  ['9534b235 d3c0 b2fd', '𠮷永昌'],
  ['b0a2 d2c0 b9c5 c0f6 a1a4 c8c8 bacf c2fc', '阿依古丽·热合曼'],
  ['8230b731 8230b731', '㛃㛃'],
]

async function cellsOf(bytes: Buffer) {
  const { rows } = await readWhole(bytes)
  return rows.map((row) => row.cells)
}
async function refusal(bytes: Buffer): Promise<UnreadableFile> {
  const error: unknown = await readWhole(bytes).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(UnreadableFile)
  expect((error as UnreadableFile).message).toMatch(/请.*。$/)
  return error as UnreadableFile
}

describe('A text file', () => {
  const text = csv([HEADINGS, SOUND, soundWith({ 姓名: '李四' })])

  it.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a mark, as Excel writes it', Buffer.from(`\ufeff${text}`)],
    ['GB18030', inGb18030(text)],
    ['UTF-16, as Excel writes "Unicode text"', Buffer.from(`\ufeff${text.replaceAll(',', '\t')}`, 'utf16le')],
  ])('in %s says the same as the workbook', async (_, bytes) => {
    const read = await readWhole(bytes)
    const workbook = await readWhole(
      await workbookOf({ rows: [HEADINGS, SOUND, soundWith({ 姓名: '李四' })] }),
    )
    expect(read.rows).toEqual(workbook.rows)
    expect(read.columns).toEqual(workbook.columns)
    expect(read).toMatchObject({ sheetName: '', notes: [] })
  })

  it.each([
    ['commas', ',', '\n'],
    ['semicolons', ';', '\r\n'],
    ['tabulators', '\t', '\r'],
  ])('may separate by %s', async (_, delimiter, end) => {
    const bytes = Buffer.from(csv([['某县花名册'], [], HEADINGS, SOUND], delimiter, end))
    const { headerRow, rows } = await readWhole(bytes)
    expect([headerRow, rows.map(({ rowNumber }) => rowNumber)]).toEqual([3, [4]])
    expect(rows[0]?.original).toEqual(SOUND)
  })

  it('may say in its first line what separates', async () => {
    const { rows } = await readWhole(Buffer.from(`sep=;\r\n${csv([HEADINGS, SOUND], ';')}`))
    expect(rows[0]?.original).toEqual(SOUND)
  })

  it('is known by what it holds: a workbook named .csv is a workbook, and a text is one under any name', async () => {
    const bytes = await workbookOf({ name: '名册', rows: [HEADINGS, SOUND] })
    expect((await readWhole(bytes)).sheetName).toBe('名册')
    expect((await readWhole(Buffer.from(text))).sheetName).toBe('')
  })

  it('keeps quoted line breaks, delimiters and quotation marks, and counts rows as Excel does', async () => {
    const quoted = '"杏花巷\r\n12 号, ""东院"""'
    const bytes = Buffer.from(csv([HEADINGS, soundWith({ 家庭住址: quoted }), soundWith({ 姓名: '李四' })]))
    const { rows } = await readWhole(bytes)
    expect(rows[0]?.cells.address?.text).toBe('杏花巷\r\n12 号, "东院"')
    expect(rows.map(({ rowNumber }) => rowNumber)).toEqual([2, 3])
  })

  it.each(IN_GB18030)('%s in GB18030 is %s', async (hex, name) => {
    const bytes = Buffer.from(hex.replaceAll(' ', ''), 'hex')
    const before = inGb18030(csv([HEADINGS, soundWith({ 姓名: '@' })]))
    const at = before.indexOf('@')
    const file = Buffer.concat([before.subarray(0, at), bytes, before.subarray(at + 1)])
    expect((await cellsOf(file))[0]?.name?.text).toBe(name)
  })
})

describe('A field of a text file', () => {
  const readingOf = async (changes: Record<string, string>) => {
    const { rows } = await readWhole(Buffer.from(csv([HEADINGS, soundWith(changes)])))
    const [row] = rows
    if (!row) throw new Error('nobody was read')
    return readRosterRow(row, TODAY)
  }
  const problemsOf = async (changes: Record<string, string>) => {
    const reading = await readingOf(changes)
    return 'problems' in reading ? reading.problems.map(({ heading, reason }) => `${heading}：${reason}`) : []
  }

  it.each([
    ['guarded against Excel', '="990101198303216018"'],
    ['guarded and quoted', '"=""990101198303216018"""'],
    ['marked as text', "'990101198303216018"],
    ['followed by a tabulator', '990101198303216018\t'],
  ])('with an identity number %s is understood', async (_, idNumber) => {
    expect(await readingOf({ 公民身份号码: idNumber })).toMatchObject({ idNumber: '990101198303216018' })
  })

  it.each([['9.90101E+17'], ['9.90101198303216E+17'], ['990101198303216000'], ['9E+17']])(
    'with an identity number that lost digits (%s) is refused, saying how to mend it',
    async (idNumber) => {
      expect(await problemsOf({ 公民身份号码: idNumber })).toEqual([
        expect.stringMatching(/^公民身份号码：.*位数丢失。请把单元格设为“文本”格式后重新填写/),
      ])
    },
  )

  it('with a telephone that lost digits, a date that was too wide, a month that may be October', async () => {
    expect(await problemsOf({ 联系电话: '1.99E+10', 出生日期: '########', 入党日期: '2009.1' })).toEqual([
      expect.stringMatching(/^出生日期：列太窄.*请加宽/),
      expect.stringMatching(/^入党日期：Excel 把它当成了小数/),
      expect.stringMatching(/^联系电话：.*位数丢失/),
    ])
  })

  it('with marks before telephone, date and base is understood', async () => {
    expect(
      await readingOf({ 联系电话: "'19912345678", 入党日期: "'2009-12-11", 计算基数: '"4,500.50"' }),
    ).toMatchObject({ person: { phone: '19912345678', joinedOn: '2009-12-11', baseFen: 450_050 } })
  })
})

describe('A text file that cannot be read is refused in words', () => {
  it('in an encoding nobody knows', async () => {
    const bytes = Buffer.concat([Buffer.from(csv([HEADINGS, SOUND])), Buffer.from('ffff80ff', 'hex')])
    expect(await refusal(bytes)).toMatchObject({ code: 'text-encoding' })
  })

  it('when a quotation mark has no second one, naming the row', async () => {
    const bytes = Buffer.from(csv([HEADINGS, SOUND, soundWith({ 家庭住址: '"杏花巷' }), SOUND]))
    const { code, message } = await refusal(bytes)
    expect([code, message]).toEqual(['text-quotes', expect.stringContaining('第 3 行')])
    expect(message).not.toContain('杏花巷')
  })

  it('when a quotation mark swallows megabytes', async () => {
    const bytes = Buffer.from(`${csv([HEADINGS, SOUND])}\r\n"${'杏花巷，'.repeat(1_000_000)}`)
    expect(await refusal(bytes)).toMatchObject({ code: 'text-quotes' })
  })

  it('with ten thousand columns, and with more lines than any sheet has', async () => {
    const wide = Array.from({ length: 10_000 }, (_, index) => String(index))
    expect(await refusal(Buffer.from(csv([HEADINGS, wide])))).toMatchObject({
      code: 'too-many-columns',
      message: expect.stringContaining('10000 列'),
    })
    expect(await refusal(Buffer.from(`${csv([HEADINGS, SOUND])}${'\n,,,'.repeat(200_000)}`))).toMatchObject({
      code: 'too-many-rows',
    })
  })
})
