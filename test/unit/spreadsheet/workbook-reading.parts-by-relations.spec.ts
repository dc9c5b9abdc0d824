import { recognizeFile } from '../../../server/platform/spreadsheet/reading/recognize-file.js'
import { UnreadableFile } from '../../../server/platform/spreadsheet/reading/unreadable-file.error.js'
import { handmadeParts, textRow, zipOf } from '../../support/workbook-files.js'
import { readAll } from './read-all.js'

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const SHARED = '<sst><si><t>姓名</t></si><si><t>周明远</t></si></sst>'
const SHARED_ROW = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
type Parts = Record<string, string>

/** A workbook whose texts lie in a part of their own, named by a relation. */
function partsWithSharedTexts(target: string): Parts {
  const parts = handmadeParts(SHARED_ROW)
  const relation = `<Relationship Id="rId9" Type="${OFFICE}/sharedStrings" Target="${target}"/>`
  const relations = 'xl/_rels/workbook.xml.rels'
  return { ...parts, [relations]: withRelation(parts[relations] ?? '', relation) }
}

const withRelation = (relations: string, relation: string): string =>
  relations.replace('</Relationships>', `${relation}</Relationships>`)

/** The same parts under other names. */
const renamed = (parts: Parts, rename: (name: string) => string): Parts =>
  Object.fromEntries(Object.entries(parts).map(([name, content]) => [rename(name), content]))

async function refusal(bytes: Buffer): Promise<UnreadableFile> {
  const error: unknown = await readAll(bytes).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(UnreadableFile)
  expect((error as UnreadableFile).message).toMatch(/请.*。$/)
  return error as UnreadableFile
}

const READ = [{ name: '名册', texts: [['姓名', '周明远']] }]

describe('The parts of a workbook are found by what relations say', () => {
  it.each<[how: string, target: string, name: string]>([
    ['beside the workbook', 'sharedStrings.xml', 'xl/sharedStrings.xml'],
    ['in other case than the archive', 'SharedStrings.xml', 'xl/sharedStrings.xml'],
    ['in other case in the archive', 'sharedStrings.xml', 'xl/SharedStrings.XML'],
    ['from the root', '/xl/sharedStrings.xml', 'xl/sharedStrings.xml'],
    ['in another folder', '../texts/all.xml', 'texts/all.xml'],
    ['roundabout', './x/../sharedStrings.xml', 'xl/sharedStrings.xml'],
    ['by backslashes', 'texts\\all.xml', 'xl\\texts\\all.xml'],
    ['with signs as percentages', '%E6%96%87%E5%AD%97.xml', 'xl/文字.xml'],
    ['at a root in the archive', 'sharedStrings.xml', '/xl/sharedStrings.xml'],
  ])('%s', async (_, target, name) => {
    expect(await readAll(zipOf({ ...partsWithSharedTexts(target), [name]: SHARED }))).toEqual(READ)
  })

  it('also the workbook itself, wherever it lies and whatever it is called', async () => {
    const parts = renamed(partsWithSharedTexts('sharedStrings.xml'), (name) =>
      name.replace(/^xl\//, 'Book/').replace('workbook.xml', 'Main.xml'),
    )
    const root = (parts['_rels/.rels'] ?? '').replace('xl/workbook.xml', '/book/main.xml')
    expect(await readAll(zipOf({ ...parts, '_rels/.rels': root, 'Book/sharedStrings.xml': SHARED }))).toEqual(
      READ,
    )
  })

  it('in the strict edition of the standard, whose relations are called otherwise', async () => {
    const strict = Object.fromEntries(
      Object.entries(partsWithSharedTexts('sharedStrings.xml')).map(([name, content]) => [
        name,
        content.replaceAll(OFFICE, 'http://purl.oclc.org/ooxml/officeDocument/relationships'),
      ]),
    )
    expect(await readAll(zipOf({ ...strict, 'xl/sharedStrings.xml': SHARED }))).toEqual(READ)
  })
})

describe('A workbook', () => {
  it.each<[part: string, words: string, make: () => Parts]>([
    ['texts', '文字内容', () => partsWithSharedTexts('sharedStrings.xml')],
    ['styles', '格式', () => without('xl/styles.xml')],
    ['its sheet', '工作表', () => without('xl/worksheets/sheet1.xml')],
    ['its list of sheets', '工作簿目录', () => without('xl/workbook.xml')],
  ])('without %s that it names is refused and says what is missing', async (_, words, make) => {
    expect(await refusal(zipOf(make()))).toMatchObject({
      code: 'workbook-part-missing',
      message: expect.stringContaining(`缺少${words}`) as string,
    })
  })

  it.each([
    ['vbaProject', 'workbook-macros'],
    ['xlMacrosheet', 'workbook-macros'],
    ['externalLink', 'workbook-external-links'],
  ])('with a relation of type %s is refused at a glance, whatever the part is called', async (type, code) => {
    const parts = handmadeParts(textRow(1, ['姓名']))
    const relation = `<Relationship Id="rId9" Type="http://x/${type}" Target="notes.bin"/>`
    const relations = 'xl/_rels/workbook.xml.rels'
    const bytes = zipOf({ ...parts, [relations]: withRelation(parts[relations] ?? '', relation) })
    await expect(recognizeFile(bytes)).rejects.toMatchObject({ code })
  })

  it('is told from a document of another kind at a glance', async () => {
    const document = zipOf({
      '_rels/.rels': `<Relationships><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>`,
      'word/document.xml': '<document/>',
      'word/_rels/document.xml.rels': `<Relationships><Relationship Id="rId1" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
    })
    await expect(recognizeFile(document)).rejects.toMatchObject({ code: 'not-a-workbook' })
  })

  it('with relations that unpack to megabytes is refused at a glance', async () => {
    const relations = `<Relationships>${'<Relationship/>'.repeat(1_000_000)}</Relationships>`
    const bytes = zipOf({ ...handmadeParts(textRow(1, ['姓名'])), '_rels/.rels': relations })
    await expect(recognizeFile(bytes)).rejects.toMatchObject({ code: 'workbook-too-large' })
  })
})

const without = (name: string): Parts => {
  const { [name]: _, ...others } = handmadeParts(textRow(1, ['姓名']))
  return others
}
