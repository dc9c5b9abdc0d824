import type { LedgerPage } from '../../../server/contracts/organization/ledger.js'
import { MemberRecord } from '../../../server/modules/organization/members/member.entity.js'
import { inGb18030 } from '../../support/gb18030.js'
import { pdfText } from '../../support/pdf-text.js'
import { openVillage, type Village } from '../../support/village.js'
import { HEADINGS } from '../../unit/roster/workbook-builder.js'
import { ImportDesk, line } from './import-desk.js'
import { download, openWorkbook, textOf } from './workbooks.js'

/** As written in the file, and as they are kept. */
const NAMES: Array<[written: string, kept: string]> = [
  ['𠮷永昌', '𠮷永昌'],
  ['赵𬱖', '赵𬱖'],
  ['赵𬱟', '赵𬱟'],
  ['吉永昌', '吉永昌'],
  ['阿依古丽·热合曼', '阿依古丽·热合曼'],
  ['买买提•艾山', '买买提·艾山'],
  ['欧阳 长青', '欧阳长青'],
  ['〇小满', '〇小满'],
  ['㛃㛃', '㛃㛃'],
  ['古丽．艾合买提', '古丽·艾合买提'],
  ['迪丽拜尔・玉素甫', '迪丽拜尔·玉素甫'],
]

describe('Rare names survive everywhere', () => {
  let village: Village
  let desk: ImportDesk

  beforeAll(async () => {
    village = await openVillage()
    desk = new ImportDesk(village.world, await village.as('zhou'))
    const done = await desk.import(NAMES.map(([written]) => line(written)))
    expect(done.counts).toMatchObject({ total: NAMES.length, new: NAMES.length })
    await village.world.county.bills(village.committee, '2026-11')
  })
  afterAll(() => village.world.close())

  it('in the list, each once, also page by page', async () => {
    const seen: string[] = []
    let path = '/members?limit=2'
    for (;;) {
      const { items, next } = (await desk.officer.get(path).expect(200)).body as {
        items: Array<{ name: string }>
        next: string | null
      }
      seen.push(...items.map(({ name }) => name))
      if (next === null) break
      path = `/members?limit=2&cursor=${encodeURIComponent(next)}`
    }
    expect(seen).toHaveLength(NAMES.length + 9)
    for (const [, kept] of NAMES) expect(seen.filter((name) => name === kept)).toHaveLength(1)
  })

  it.each([
    ['𠮷', ['𠮷永昌']],
    ['吉', ['吉永昌']],
    ['𬱖', ['赵𬱖']],
    ['𬱟', ['赵𬱟']],
    ['·', ['买买提·艾山', '阿依古丽·热合曼', '古丽·艾合买提', '迪丽拜尔·玉素甫']],
    ['古丽·热', ['阿依古丽·热合曼']],
    ['欧阳长', ['欧阳长青']],
    ['〇', ['〇小满']],
    ['㛃', ['㛃㛃']],
    ['%', []],
    ['_', []],
    ["'", []],
  ])('the search for %s finds exactly these', async (q, names) => {
    expect((await desk.search(q)).map(({ name }) => name).sort()).toEqual([...names].sort())
  })

  it('in the ledger and its export', async () => {
    const path = '/dues-ledger?month=2026-11&limit=100'
    const { items } = (await desk.officer.get(path).expect(200)).body as LedgerPage
    const { bytes } = await download(desk.officer, '/dues-ledger/workbook?month=2026-11')
    const exported = (await openWorkbook(bytes)).rows.map((row) => row['姓名'])
    for (const [, kept] of NAMES) {
      expect(items.map(({ memberName }) => memberName)).toContain(kept)
      expect(exported).toContain(kept)
    }
  })

  it('on paper: drawn, or named by their code point with a note', async () => {
    const { bytes, fileName } = await download(desk.officer, '/dues-ledger/document?month=2026-11')
    expect(fileName).toBe('2026年11月党费收缴台账.pdf')
    const text = pdfText(bytes)
    const marked: Record<string, string> = {
      '𠮷': '〔U+20BB7〕',
      '𬱖': '〔U+2CC56〕',
      '𬱟': '〔U+2CC5F〕',
      㛃: '〔U+36C3〕',
    }
    for (const [, kept] of NAMES) {
      expect(text).toContain([...kept].map((character) => marked[character] ?? character).join(''))
    }
    for (const mark of Object.values(marked)) expect(text.split('注：')[1]).toContain(mark)
  })

  it('in the file of refused rows, exactly as they were written', async () => {
    const { id } = await desk.lay(NAMES.map(([written]) => line(written, { 民族: '不详' })))
    const { bytes } = await download(desk.officer, `/roster-imports/${id}/refused-rows`)
    expect((await openWorkbook(bytes)).rows.map((row) => row['姓名'])).toEqual(
      NAMES.map(([written]) => written),
    )
  })

  it('in a text file as Excel saves it: GB18030 says the same as the workbook', async () => {
    const lines = NAMES.map(([written]) => line(written))
    const { counts } = await desk.import(lines)
    expect(counts).toMatchObject({ new: NAMES.length })
    const rows = lines.map((cells) => HEADINGS.map((heading) => textOf(cells[heading])).join(','))
    const text = inGb18030([HEADINGS.join(','), ...rows].join('\r\n'))
    expect(text.includes(Buffer.from('9534b235', 'hex'))).toBe(true)
    expect(await desk.upload(text, '花名册.csv')).toMatchObject({
      state: 'preview',
      counts: { total: NAMES.length, same: NAMES.length },
    })
    // Gone again, so that the stories around this one find whom they expect.
    for (const cells of lines) {
      await village.world.database.repository(MemberRecord).delete({ id: (await desk.memberOf(cells)).id })
    }
  })

  it('a name that differs in one rare character is a change, not the same', async () => {
    const cells = line('钱𠮷')
    await desk.import([cells])
    const { id } = await desk.lay([{ ...cells, 姓名: '钱𬱖' }])
    expect(await desk.rows(id)).toMatchObject([
      { kind: 'changed', changes: [{ heading: '姓名', before: '钱𠮷', after: '钱𬱖' }] },
    ])
    await desk.carryOut(id)
    expect((await desk.memberOf(cells)).name).toBe('钱𬱖')
  })

  it('units, too: two names that differ in a rare character are two units', async () => {
    for (const name of ['𠮷祥村党支部', '𬱖祥村党支部']) {
      const { id } = await desk.lay([line('孙一一', { 所在党支部: name })])
      const matched = await desk.match(id, [{ name, createUnder: village.committee.id }])
      expect(matched.unknownUnits).toEqual([])
    }
  })
})
