import { buffer } from 'node:stream/consumers'
import fc from 'fast-check'
import type { Paper } from '../../../server/platform/pdf/paper.js'
import { printPaper } from '../../../server/platform/pdf/print-paper.js'
import { markOf } from '../../../server/platform/pdf/text-layout.js'
import { commonTypeface, typefaceFor } from '../../../server/platform/pdf/typefaces.js'
import { pdfPages, pdfText } from '../../support/pdf-text.js'

const paperOf = (names: readonly string[]): Paper => ({
  title: '党员名册',
  remarks: ['党组织：东岭村党支部'],
  columns: [
    { heading: '序号', share: 1, align: 'center' },
    { heading: '姓名', share: 3 },
  ],
  rows: names.map((name, index) => [`${index + 1}.`, name]),
  closing: ['以上核对无误。'],
  printedAt: new Date('2026-11-21T04:00:00Z'),
})

const printed = (names: readonly string[]) => buffer(printPaper(paperOf(names)))

/** As the paper has to show it: what no face can draw is written by its code point. */
const shown = (name: string) =>
  [...name.replace(/\s+/g, ' ')]
    .map((character) => (drawable(character) ? character : markOf(character.codePointAt(0) ?? 0)))
    .join('')
const drawable = (character: string) => typefaceFor(character.codePointAt(0) ?? 0) !== undefined
/** Of characters that look exactly the same (· and •) a PDF tells one only. */
const twins = new Map<string, string>()
const oneOfTwins = (text: string) =>
  [...text]
    .map((character) => {
      const codePoint = character.codePointAt(0) ?? 0
      const face = typefaceFor(codePoint)
      const look = face ? `${face.name} ${face.glyph(codePoint)}` : character
      if (!twins.has(look)) twins.set(look, character)
      return twins.get(look)
    })
    .join('')
/** A line that is broken at a space does not need it any more. */
const squeezed = (text: string) => oneOfTwins(text.replace(/\s+/g, ''))

describe('Nothing written on a paper is lost', () => {
  it.each([
    ['李建国', '李建国'],
    ['阿依古丽·热合曼', '阿依古丽·热合曼'],
    // rare surnames and given names, in further parts of the bundled font
    ['禤国栋', '禤国栋'],
    ['张龑', '张龑'],
    ['劉德華', '劉德華'],
    // outside every part of it
    ['𠮷永昌', '〔U+20BB7〕永昌'],
    ['赵𬱖', '赵〔U+2CC56〕'],
    ['㛃㛃', '〔U+36C3〕〔U+36C3〕'],
    ['葛\u{E0100}城', '葛〔U+E0100〕城'],
    ['=1+1', '=1+1'],
    ['', ''],
  ])('%s is printed as %s', async (name, expected) => {
    const text = pdfText(await printed([name, '赵敏']))
    expect(text).toContain(`1.${expected}2.赵敏`)
  })

  it('what stands by its code point is explained once, at the end', async () => {
    const text = pdfText(await printed(['𠮷永昌', '赵𬱖', '𠮷小满']))
    expect(text).toMatch(
      /以上核对无误。注：文中 〔U\+20BB7〕、〔U\+2CC56〕 是字库未收的字.*请按身份证件核对后手工填写。/,
    )
    expect(pdfText(await printed(['吉永昌']))).not.toContain('字库')
  })

  it('whatever a name is made of, it can be copied out of the PDF again', async () => {
    const han = fc.oneof(
      fc.integer({ min: 0x4e00, max: 0x9fff }),
      fc.integer({ min: 0x3400, max: 0x4dbf }),
      fc.integer({ min: 0x20000, max: 0x2a6df }),
      fc.integer({ min: 0x2a700, max: 0x323af }),
    )
    const character = fc.oneof(
      { weight: 3, arbitrary: han.map((code) => String.fromCodePoint(code)) },
      fc.constantFrom('·', '•', '李', '建', '国', 'A', 'z', '0', ' ', '〇', '（', '—'),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    )
    const name = fc.array(character, { minLength: 1, maxLength: 40 }).map((characters) => characters.join(''))
    await fc.assert(
      fc.asyncProperty(fc.array(name, { minLength: 1, maxLength: 12 }), async (names) => {
        const text = squeezed(pdfText(await printed(names)))
        for (const [index, each] of names.entries()) {
          expect(text).toContain(squeezed(`${index + 1}.${shown(each)}`))
        }
      }),
      { numRuns: 40 },
    )
  })
})

describe('A long paper', () => {
  const names = Array.from({ length: 400 }, (_, index) => `${'李王张'[index % 3] ?? ''}${index}号`)

  it('repeats its headings, counts its pages and shows every row once, in order', async () => {
    const pages = pdfPages(await printed(names))
    expect(pages.length).toBeGreaterThan(8)
    pages.forEach((texts, index) => {
      const page = texts.join('')
      expect(page).toContain('序号姓名')
      expect(page).toContain(`党员名册 第 ${index + 1} 页 共 ${pages.length} 页`)
    })
    const rows = pages.flatMap((texts) => texts.join('').match(/\d+\.\D\d+号/g) ?? [])
    expect(rows).toEqual(names.map((name, index) => `${index + 1}.${name}`))
  })

  it('lets a cell that is longer than a page go on over several', async () => {
    const long = Array.from({ length: 3_000 }, (_, index) => `第${index}句`).join('')
    const pages = pdfPages(await printed([long]))
    expect(pages.length).toBeGreaterThan(2)
    const text = pages
      .map((texts) =>
        texts.join('').replace(/党员名册 第 \d+ 页 共 \d+ 页|党员名册党组织：东岭村党支部|序号姓名/g, ''),
      )
      .join('')
    expect(text).toBe(`1.${long}以上核对无误。`)
  })

  it('is drawn as it is read: who stops reading stops the drawing', async () => {
    const drawn = jest.fn((name: string) => name)
    const paper = paperOf([])
    const rows = {
      *[Symbol.iterator]() {
        for (const name of names) yield ['1.', drawn(name)]
      },
    }
    const stream = printPaper({ ...paper, rows: rows as unknown as Paper['rows'] })
    for await (const _ of stream) break
    // All were measured once, to know how many pages there are.
    expect(drawn.mock.calls.length).toBeGreaterThan(names.length)
    expect(drawn.mock.calls.length).toBeLessThan(names.length * 1.5)
    expect(stream.destroyed).toBe(true)
  })

  it('a face is a plain font file: the wide parts are as wide as they say', () => {
    const face = commonTypeface()
    expect(face.content.readUInt32BE(0)).toBe(0x00010000)
    expect([face.advance(0x674e), face.has(0x20bb7), face.advance(0x20bb7)]).toEqual([1, false, 0])
  })
})
