import { randomBytes } from 'node:crypto'
import { UnreadableFile } from '../../../server/platform/spreadsheet/reading/unreadable-file.error.js'
import { UnpackingBudget } from '../../../server/platform/spreadsheet/reading/zip-archive.js'
import { handmadeParts, textRow, workbookOf, zipOf } from '../../support/workbook-files.js'
import { readAll } from './read-all.js'

const MEGABYTE = 1024 * 1024
const COMPOUND_FILE = Buffer.from('d0cf11e0a1b11ae1', 'hex')
/** Letters that do not shrink to nothing. */
function noise(bytes: number): Buffer {
  return Buffer.from(randomBytes(Math.ceil(bytes / 2)).toString('hex'))
}
const HEADER = textRow(1, ['姓名', '公民身份号码', '所在党支部'])

async function failure(bytes: Buffer): Promise<unknown> {
  return readAll(bytes).then(
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

describe('A file that is no workbook', () => {
  it.each([
    ['an empty file', Buffer.alloc(0), 'file-empty', '空'],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'not-a-workbook', '图片'],
    ['a document', Buffer.from('%PDF-1.7\n'), 'not-a-workbook', '文档'],
    ['a web page named .xls', Buffer.from('\ufeff<html><table>'), 'old-workbook-format', '网页'],
    ['an old .xls', Buffer.concat([COMPOUND_FILE, Buffer.alloc(512)]), 'old-workbook-format', '另存为 .xlsx'],
    [
      'a workbook with a password',
      Buffer.concat([COMPOUND_FILE, Buffer.alloc(512), Buffer.from('EncryptedPackage', 'utf16le')]),
      'workbook-encrypted',
      '文件有密码',
    ],
    ['some other zip', zipOf({ 'word/document.xml': '<w/>' }), 'not-a-workbook', '不是 Excel 工作簿'],
    ['a binary workbook', zipOf({ 'xl/workbook.bin': 'x' }), 'old-workbook-format', '.xlsb'],
    ['a zip that breaks off', zipOf(handmadeParts(HEADER)).subarray(0, 300), 'workbook-damaged', '损坏'],
    ['a start and nothing else', Buffer.from('PK\x03\x04'), 'workbook-damaged', '损坏'],
    [
      'parts that are not markup',
      zipOf({ ...handmadeParts(HEADER), 'xl/workbook.xml': '<<<' }),
      'workbook-damaged',
      '损坏',
    ],
  ])('%s', async (_, bytes, code, words) => {
    expect(await refusal(bytes)).toEqual([code, expect.stringContaining(words)])
  })

  it('is refused for any bytes broken off or changed, never with another error', async () => {
    const sound = await workbookOf({
      rows: [
        ['姓名', '入党日期'],
        ['周明远', new Date('2009-12-11T00:00:00Z')],
      ],
    })
    for (let step = 1; step < 60; step++) {
      const at = Math.floor((sound.length * step) / 60)
      const changed = Buffer.from(sound)
      changed.fill(0xff, at, at + 8)
      for (const bytes of [sound.subarray(0, at), changed]) {
        const error = await failure(bytes)
        if (error !== null) expect(error).toBeInstanceOf(UnreadableFile)
      }
    }
    await refusal(sound.subarray(0, sound.length - 1))
  })
})

describe('A workbook with what no table needs', () => {
  const withPart = (name: string) => zipOf({ ...handmadeParts(HEADER), [name]: '<x/>' })

  it.each([
    ['macros', 'xl/vbaProject.bin', 'workbook-macros', '宏'],
    ['macros of the oldest kind', 'xl/macrosheets/sheet1.xml', 'workbook-macros', '宏'],
    ['macros, packed on Windows', 'xl\\vbaProject.bin', 'workbook-macros', '宏'],
    ['links to other files', 'xl/externalLinks/externalLink1.xml', 'workbook-external-links', '链接'],
  ])('is refused before anything is unpacked: %s', async (_, part, code, words) => {
    const budget = new UnpackingBudget(Infinity)
    const error = await readAll(withPart(part), budget).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code, message: expect.stringMatching(new RegExp(`${words}.*请.*。$`)) })
    expect(budget.spent).toBe(0)
  })
})

describe('A workbook made to exhaust whoever reads it is refused after little of it was looked at', () => {
  /** What was unpacked until it was refused. */
  async function costOf(bytes: Buffer): Promise<{ code: unknown; unpacked: number }> {
    const budget = new UnpackingBudget(Infinity)
    const error = await readAll(bytes, budget).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(UnreadableFile)
    expect((error as UnreadableFile).message).toMatch(/请.*。$/)
    return { code: (error as UnreadableFile).code, unpacked: budget.spent }
  }
  const sheet = 'xl/worksheets/sheet1.xml'
  const withDeclaration = (bytes: number) => zipOf(handmadeParts(HEADER), bytes)

  it('gigabytes that it declares itself', async () => {
    expect(await costOf(withDeclaration(2 ** 31))).toEqual({ code: 'workbook-too-large', unpacked: 0 })
  })

  it.each([
    ['blanks', Buffer.alloc(100 * MEGABYTE, ' ')],
    ['one cell after another', Buffer.alloc(100 * MEGABYTE, '<c><v>1</v></c>')],
  ])('a hundred megabytes of %s in a hundred kilobytes', async (_, filling) => {
    const start = Buffer.from('<worksheet><sheetData><row r="1">')
    const bomb = zipOf({ ...handmadeParts(HEADER), [sheet]: Buffer.concat([start, filling]) }, 10)
    expect(bomb.length).toBeLessThan(MEGABYTE)
    const { code, unpacked } = await costOf(bomb)
    expect(['workbook-too-large', 'workbook-damaged']).toContain(code)
    expect(unpacked).toBeLessThan(17 * MEGABYTE)
  })

  it('a million rows formatted to the end of the sheet', async () => {
    const rows = Array.from({ length: 1_000_000 }, (_, index) => `<row r="${index + 2}"/>`).join('')
    const { code, unpacked } = await costOf(zipOf(handmadeParts(HEADER + rows)))
    expect(code).toBe('too-many-rows')
    expect(unpacked).toBeLessThan(Buffer.byteLength(rows) / 4)
  })

  it('entities that stand for a billion others', async () => {
    const laughs = Array.from(
      { length: 20 },
      (_, index) => `<!ENTITY l${index + 1} "${`&l${index};`.repeat(10)}">`,
    )
    const bomb = `<!DOCTYPE w [<!ENTITY l0 "哈">${laughs.join('')}]><worksheet><sheetData>&l20;`
    expect(await costOf(zipOf({ ...handmadeParts(HEADER), [sheet]: bomb }))).toMatchObject({
      code: 'workbook-damaged',
    })
  })

  it('a file from elsewhere named as an entity', async () => {
    const bomb = `<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><worksheet><sheetData>&x;`
    expect((await costOf(zipOf({ ...handmadeParts(HEADER), [sheet]: bomb }))).code).toBe('workbook-damaged')
  })

  it.each([
    ['tags within tags', Buffer.alloc(40 * MEGABYTE, '<a>')],
    ['a text without end', Buffer.concat([Buffer.from('<v>'), noise(8 * MEGABYTE)])],
    ['an attribute without end', Buffer.concat([Buffer.from('<v a="'), noise(8 * MEGABYTE)])],
    ['a comment without end', Buffer.concat([Buffer.from('<!--'), noise(8 * MEGABYTE)])],
  ])('%s', async (_, filling) => {
    const start = Buffer.from('<worksheet><sheetData><row r="1"><c>')
    const bomb = zipOf({ ...handmadeParts(HEADER), [sheet]: Buffer.concat([start, filling]) })
    const { code, unpacked } = await costOf(bomb)
    expect(code).toBe('workbook-too-large')
    expect(unpacked).toBeLessThan(2 * MEGABYTE)
  })

  it('texts beyond all measure', async () => {
    const text = noise(600).toString().repeat(17)
    const texts = `<sst>${`<si><t>${text}</t></si>`.repeat(8_000)}</sst>`
    const workbook = handmadeParts(HEADER)
    const relations = workbook['xl/_rels/workbook.xml.rels']?.replace(
      '</Relationships>',
      '<Relationship Id="rId9" Type="http://x/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
    )
    const bomb = zipOf({
      ...workbook,
      'xl/_rels/workbook.xml.rels': relations ?? '',
      'xl/sharedStrings.xml': texts,
    })
    const { code, unpacked } = await costOf(bomb)
    expect(code).toBe('workbook-too-large')
    expect(unpacked).toBeLessThan(42 * MEGABYTE)
    expect(texts.length).toBeGreaterThan(70 * MEGABYTE)
  })
})

it('A refusal of damaged content does not repeat that content', async () => {
  const parts = handmadeParts(`${HEADER}<row r="2"><c r="A2"><v>990101198303216018</v></c>`)
  const bytes = zipOf({ ...parts, 'xl/worksheets/sheet1.xml': `${parts['xl/worksheets/sheet1.xml']}<周明远` })
  const [code, message] = await refusal(bytes)
  expect(code).toBe('workbook-damaged')
  expect(message).not.toMatch(/9901|周明远/)
})
