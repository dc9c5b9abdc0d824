import request from 'supertest'
import type { RosterImport } from '../../../server/contracts/organization/roster-import.js'
import type { Problem } from '../../../server/contracts/platform/problem.js'
import { RosterImportRecord } from '../../../server/modules/organization/roster/roster-import.entity.js'
import { RosterImportRow } from '../../../server/modules/organization/roster/roster-import-row.entity.js'
import { RosterUploadChunk } from '../../../server/modules/organization/roster/roster-upload-chunk.entity.js'
import { openVillage, type Village } from '../../support/village.js'
import { readWhole } from '../../unit/roster/read-whole.js'
import { handmadeParts, textRow, zipOf } from '../../support/workbook-files.js'
import { HEADINGS } from '../../unit/roster/workbook-builder.js'
import { ImportDesk, line, rosterOf } from './import-desk.js'
import { download, upload, workbookOf, type Cell } from './workbooks.js'

const MEGABYTE = 1024 * 1024
const COMPOUND_FILE = Buffer.from('d0cf11e0a1b11ae1', 'hex')
const rowOf = (headings: readonly string[], name = '周明远'): Cell[] => {
  const cells = line(name)
  return headings.map((heading) => cells[heading] ?? null)
}

describe('A file that is no roster is refused before anything is kept', () => {
  let village: Village
  let desk: ImportDesk

  beforeAll(async () => {
    village = await openVillage()
    desk = new ImportDesk(village.world, await village.as('zhou'))
  })
  afterAll(() => village.world.close())

  afterEach(() => village.world.database.repository(RosterImportRecord).clear())

  /** No row, and not the file itself either. */
  const expectNothingKept = async (imports: number) => {
    const { database } = village.world
    expect(await database.repository(RosterImportRecord).count()).toBe(imports)
    expect(await database.repository(RosterImportRow).count()).toBe(0)
    expect(await database.repository(RosterUploadChunk).count()).toBe(0)
  }

  const otherHeadings = [...HEADINGS].reverse()
  const wide = [...HEADINGS, ...Array.from({ length: 181 }, (_, index) => `备用${index}`)]
  const withPart = (name: string) => zipOf({ ...handmadeParts(textRow(1, [...HEADINGS])), [name]: '<x/>' })
  const atAGlance: Array<[what: string, code: string, make: () => Buffer | Promise<Buffer>]> = [
    ['a picture', 'roster.not-a-workbook', () => Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
    ['an empty file', 'roster.file-empty', () => Buffer.alloc(0)],
    [
      'a workbook with a password',
      'roster.workbook-encrypted',
      () => Buffer.concat([COMPOUND_FILE, Buffer.alloc(512), Buffer.from('EncryptedPackage', 'utf16le')]),
    ],
    ['an old .xls', 'roster.old-workbook-format', () => Buffer.concat([COMPOUND_FILE, Buffer.alloc(512)])],
    ['a workbook with macros', 'roster.workbook-macros', () => withPart('xl/vbaProject.bin')],
    [
      'a workbook with links to others',
      'roster.workbook-external-links',
      () => withPart('xl/externalLinks/externalLink1.xml'),
    ],
    [
      'a workbook that breaks off',
      'roster.workbook-damaged',
      async () => (await rosterOf([line('周明远')])).subarray(0, 3000),
    ],
  ]
  it.each(atAGlance)('%s, at once: %s', async (_, code, make) => {
    const problem = (await upload(desk.officer, await make()).expect(400)).body as Problem
    expect(problem).toMatchObject({
      code,
      status: 400,
      fields: [{ field: 'file', message: problem.message }],
    })
    // In Chinese, with what to do next.
    expect(problem.message).toMatch(/请.+。$/)
    await expectNothingKept(0)
  })

  const whenRead: Array<[what: string, words: RegExp, make: () => Buffer | Promise<Buffer>]> = [
    ['an empty sheet', /没有内容/, () => workbookOf([])],
    ['a text that is no table', /没有找到表头/, () => Buffer.from('今天下午开会，请大家准时参加。\n')],
    ['200 columns', /200 列/, () => workbookOf([wide, wide.map((_, index) => `值${index}`)])],
    [
      'two different header rows',
      /第 1 行和第 3 行都像表头/,
      () => workbookOf([[...HEADINGS], rowOf(HEADINGS), otherHeadings, rowOf(otherHeadings, '周明达')]),
    ],
    ['no header row', /没有找到表头/, () => workbookOf([['周明远', '男', '990101198303216018']])],
    [
      'no column of identity numbers',
      /缺少“公民身份号码”列/,
      () => {
        const without = HEADINGS.filter((heading) => heading !== '公民身份号码')
        return workbookOf([without, rowOf(without)])
      },
    ],
    ['a header and nobody below it', /下面没有党员/, () => workbookOf([[...HEADINGS]])],
  ]
  it.each(whenRead)('%s, when it is read: %s', async (_, words, make) => {
    const refused = await desk.upload(await make())
    expect(refused).toMatchObject({
      state: 'unreadable',
      problem: expect.stringMatching(words),
      counts: { total: 0 },
      can: { matchUnits: false, execute: false, cancel: false, downloadRefused: false },
    })
    expect(refused.problem).toMatch(/请.+。$/)
    expect(refused.finishedAt).not.toBeNull()
    await expectNothingKept(1)
    await desk.execute(refused.id).expect(409)
    await desk.officer.delete(`/roster-imports/${refused.id}`).expect(409)
  })

  it('more than 32 megabytes', async () => {
    const answer = await upload(desk.officer, Buffer.alloc(32 * MEGABYTE + 1)).expect(413)
    expect(answer.body).toMatchObject({
      code: 'request.too-large',
      message: expect.stringContaining('拆分文件'),
    })
    await expectNothingKept(0)
  })

  it('no file at all', async () => {
    const path = `${desk.officer.baseUrl}/api/v1/roster-imports`
    const post = () => request(path).post('').set('authorization', `Bearer ${desk.officer.token}`)
    for (const sent of [
      post().field('unitId', village.committee.id),
      post().send({ file: 'roster.xlsx' }),
      post(),
    ]) {
      expect((await sent.expect(400)).body).toMatchObject({
        code: 'request.file-missing',
        fields: [{ field: 'file' }],
      })
    }
    await expectNothingKept(0)
  })

  it('a file without a name is read all the same', async () => {
    const boundary = 'zhibu-boundary'
    const body = Buffer.concat([
      Buffer.from(
        `--${boundary}\r\nContent-Disposition: form-data; name="file"\r\nContent-Type: application/octet-stream\r\n\r\n`,
      ),
      await rosterOf([line('无名文件')]),
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ])
    const answer = await request(desk.officer.baseUrl)
      .post('/api/v1/roster-imports')
      .set('authorization', `Bearer ${desk.officer.token}`)
      .set('content-type', `multipart/form-data; boundary=${boundary}`)
      .send(body)
      .expect(201)
    await village.world.settle()
    expect(await desk.find((answer.body as RosterImport).id)).toMatchObject({
      fileName: '花名册.xlsx',
      counts: { total: 1, new: 1 },
    })
  })
})

describe('What a cell holds is data, whatever it looks like', () => {
  let village: Village
  let desk: ImportDesk
  const FORMULA = '=HYPERLINK("http://example.invalid/","点我")'
  const MARKUP = '<script>alert("周明远")</script>&amp;'

  beforeAll(async () => {
    village = await openVillage()
    desk = new ImportDesk(village.world, await village.as('zhou'))
  })
  afterAll(() => village.world.close())

  it('a formula is not computed: the result that was saved with it counts', async () => {
    const cells = line('伍守田', {
      工作岗位: { formula: 'CONCATENATE("教","师")', result: '校长', date1904: false },
      家庭住址: { formula: 'NOW()', result: '', date1904: false },
    })
    await desk.import([cells])
    expect(await desk.memberOf(cells)).toMatchObject({ post: '校长', address: null })
  })

  it('texts that look like formulas or markup are kept as they are', async () => {
    const cells = line('余月英', { 工作岗位: FORMULA, 家庭住址: MARKUP })
    await desk.import([cells])
    const member = await desk.memberOf(cells)
    expect(member).toMatchObject({ post: FORMULA, address: MARKUP })
    const answer = await desk.officer.get(`/members/${member.id}`).expect(200)
    expect(answer.headers['content-type']).toMatch(/^application\/json/)
    expect(answer.headers['x-content-type-options']).toBe('nosniff')
    expect((answer.body as { post: string }).post).toBe(FORMULA)
  })

  it('and are given back as text in the file of refused rows', async () => {
    const { id } = await desk.lay([
      line(MARKUP, { 家庭住址: FORMULA, 工作岗位: '@SUM(A1:A9)', 联系电话: '+1+1' }),
    ])
    expect(await desk.rows(id, 'refused')).toMatchObject([
      { name: MARKUP, problems: [{ heading: '姓名' }, { heading: '联系电话' }] },
    ])
    // By our own reader: the library takes &amp; for & where the file says &amp;amp;.
    const file = await download(desk.officer, `/roster-imports/${id}/refused-rows`)
    const { columns, rows } = await readWhole(file.bytes)
    expect(
      rows.map(({ original }) =>
        Object.fromEntries(columns.map(({ heading }, at) => [heading, original[at]])),
      ),
    ).toMatchObject([{ 姓名: MARKUP, 家庭住址: FORMULA, 工作岗位: '@SUM(A1:A9)', 联系电话: '+1+1' }])
  })

  it('nor does the name of the file or of the sheet lead anywhere', async () => {
    const name = '../../etc/"花名册"<b>.xlsx'
    const uploaded = await desk.upload(
      await workbookOf([[...HEADINGS], rowOf(HEADINGS, '章一')], '=1+1 <i>'),
      name,
    )
    expect(uploaded.sheetName).toBe('=1+1 <i>')
    expect(uploaded.fileName).toContain('花名册')
    expect(await desk.find(uploaded.id)).toEqual(uploaded)
  })
})
