import { readRosterWorkbook } from '../../../server/modules/organization/roster/roster-workbook.reader.js'
import { UnreadableWorkbook } from '../../../server/modules/organization/roster/unreadable-workbook.error.js'
import { handmadeParts, HEADINGS, SOUND_ROW, textRow, workbookOf, zipOf } from './workbook-builder.js'

const MEGABYTE = 1024 * 1024
const COMPOUND_FILE = Buffer.from('d0cf11e0a1b11ae1', 'hex')
const HEADER = textRow(1, ['姓名', '公民身份号码', '所在党支部'])

async function failure(bytes: Buffer): Promise<unknown> {
  return readRosterWorkbook(bytes).then(
    () => null,
    (reason: unknown) => reason,
  )
}

async function refusal(bytes: Buffer): Promise<[string, string]> {
  const error = await failure(bytes)
  expect(error).toBeInstanceOf(UnreadableWorkbook)
  const { code, message } = error as UnreadableWorkbook
  // Every refusal is a sentence in Chinese that says what to do next.
  expect(message).toMatch(/请.*。$/)
  return [code, message]
}

describe('A file that is no workbook', () => {
  it.each([
    ['an empty file', Buffer.alloc(0), 'roster.file-empty', '空'],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'roster.not-a-workbook', '图片'],
    ['a text file', Buffer.from('姓名,身份证号\n周明远,1'), 'roster.not-a-workbook', '文本'],
    ['a web page named .xls', Buffer.from('\ufeff<html><table>'), 'roster.old-workbook-format', '网页'],
    [
      'an old .xls',
      Buffer.concat([COMPOUND_FILE, Buffer.alloc(512)]),
      'roster.old-workbook-format',
      '另存为 .xlsx',
    ],
    [
      'a workbook with a password',
      Buffer.concat([COMPOUND_FILE, Buffer.alloc(512), Buffer.from('EncryptedPackage', 'utf16le')]),
      'roster.workbook-encrypted',
      '文件有密码',
    ],
    ['some other zip', zipOf({ 'word/document.xml': '<w/>' }), 'roster.not-a-workbook', '不是 Excel 工作簿'],
    ['a binary workbook', zipOf({ 'xl/workbook.bin': 'x' }), 'roster.old-workbook-format', '.xlsb'],
    [
      'a zip that breaks off',
      zipOf(handmadeParts(HEADER)).subarray(0, 300),
      'roster.workbook-damaged',
      '损坏',
    ],
    ['a start and nothing else', Buffer.from('PK\x03\x04'), 'roster.workbook-damaged', '损坏'],
    [
      'parts that are not markup',
      zipOf({ ...handmadeParts(HEADER), 'xl/workbook.xml': '<<<' }),
      'roster.workbook-damaged',
      '损坏',
    ],
  ])('%s', async (_, bytes, code, words) => {
    expect(await refusal(bytes)).toEqual([code, expect.stringContaining(words)])
  })

  it('is refused for any bytes broken off or changed, never with another error', async () => {
    const sound = await workbookOf({ rows: [HEADINGS, SOUND_ROW] })
    for (let step = 1; step < 60; step++) {
      const at = Math.floor((sound.length * step) / 60)
      const changed = Buffer.from(sound)
      changed.fill(0xff, at, at + 8)
      for (const bytes of [sound.subarray(0, at), changed]) {
        const error = await failure(bytes)
        if (error !== null) expect(error).toBeInstanceOf(UnreadableWorkbook)
      }
    }
    await refusal(sound.subarray(0, sound.length - 1))
  })
})

describe('A workbook too large to be a roster', () => {
  it('is refused by what it really unpacks to, whatever size it declares', async () => {
    const parts = { ...handmadeParts(HEADER), 'xl/media/image1.png': Buffer.alloc(201 * MEGABYTE) }
    const bomb = zipOf(parts, 10)
    expect(bomb.length).toBeLessThan(2 * MEGABYTE)
    expect(await refusal(bomb)).toEqual(['roster.workbook-too-large', expect.stringContaining('过大')])
  })

  it('is refused with rows formatted to the end of the sheet', async () => {
    const rows = Array.from({ length: 50_001 }, (_, index) => `<row r="${index + 1}"/>`).join('')
    expect(await refusal(zipOf(handmadeParts(rows)))).toEqual([
      'roster.too-many-rows',
      expect.stringContaining('空行'),
    ])
  })

  it('is refused with more than 20,000 people', async () => {
    const rows = Array.from({ length: 20_001 }, (_, index) => textRow(index + 2, ['周明远']))
    expect(await refusal(zipOf(handmadeParts(HEADER + rows.join(''))))).toEqual([
      'roster.too-many-rows',
      expect.stringContaining('20001'),
    ])
  })

  it('is refused with cells merged over millions, but reads past a drop-down list over a whole column', async () => {
    const row = textRow(2, ['周明远', '1', '甲支部'])
    const merged = zipOf(
      handmadeParts(HEADER + row, '<mergeCells><mergeCell ref="A3:XFD1048576"/></mergeCells>'),
    )
    expect((await refusal(merged))[0]).toBe('roster.workbook-too-large')
    const validated = zipOf(
      handmadeParts(
        HEADER + row,
        '<dataValidations count="1"><dataValidation type="list" sqref="A1:XFD1048576"><formula1>"男,女"</formula1></dataValidation></dataValidations>',
      ),
    )
    expect((await readRosterWorkbook(validated)).rows).toHaveLength(1)
  })

  it('is refused with 200 columns', async () => {
    const wide = [...HEADINGS, ...Array.from({ length: 181 }, (_, index) => `列${index}`)]
    expect(await refusal(await workbookOf({ rows: [wide, SOUND_ROW] }))).toEqual([
      'roster.too-many-columns',
      expect.stringContaining('200 列'),
    ])
  })
})

describe('A workbook without a usable header', () => {
  it('is refused when it holds nothing', async () => {
    expect((await refusal(await workbookOf({ rows: [] })))[0]).toBe('roster.workbook-empty')
  })

  it('is refused when no row names columns', async () => {
    expect(await refusal(await workbookOf({ rows: [SOUND_ROW] }))).toEqual([
      'roster.header-missing',
      expect.stringContaining('“公民身份号码”'),
    ])
  })

  it('is refused with the missing columns by name', async () => {
    const bytes = await workbookOf({ rows: [['姓名', '性别', '民族', '学历'], ['周明远']] })
    expect(await refusal(bytes)).toEqual([
      'roster.columns-missing',
      expect.stringContaining('第 1 行表头中缺少“公民身份号码”“所在党支部”列'),
    ])
  })

  it('is refused when two headers differ, naming both rows', async () => {
    const other = ['姓名', '身份证号', '支部', '电话']
    const bytes = await workbookOf({ rows: [HEADINGS, SOUND_ROW, [], other, ['李四']] })
    expect(await refusal(bytes)).toEqual([
      'roster.header-ambiguous',
      expect.stringMatching(/第 1 行和第 4 行/),
    ])
  })

  it('is refused when nobody stands below the header', async () => {
    const bytes = await workbookOf({ rows: [HEADINGS, ['合计', '0人']] })
    expect(await refusal(bytes)).toEqual(['roster.no-rows', expect.stringContaining('第 1 行表头下面')])
  })
})

it('A refusal of damaged content does not repeat that content', async () => {
  const parts = handmadeParts(`${HEADER}<row r="2"><c r="A2"><v>990101198303216018</v></c>`)
  const bytes = zipOf({ ...parts, 'xl/worksheets/sheet1.xml': `${parts['xl/worksheets/sheet1.xml']}<周明远` })
  const [code, message] = await refusal(bytes)
  expect(code).toBe('roster.workbook-damaged')
  expect(message).not.toMatch(/9901|周明远/)
})

it('A sound workbook packed by hand is read, so the refusals above are not of the packing', async () => {
  const row = textRow(2, ['周明远', '1', '甲支部'])
  const sheet = await readRosterWorkbook(zipOf(handmadeParts(HEADER + row)))
  expect(sheet.rows.map((read) => read.cells.name?.text)).toEqual(['周明远'])
})
