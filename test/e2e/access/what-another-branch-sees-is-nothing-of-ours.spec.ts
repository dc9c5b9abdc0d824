import type { Member } from '../../../server/contracts/home/member-page.js'
import type { ImportRowPage, RosterImport } from '../../../server/contracts/organization/roster-import.js'
import { pdfAsText } from '../../support/pdf-text.js'
import type { Caller } from '../../support/world.js'
import { HEADINGS, soundRowWith, workbookOf } from '../../unit/roster/workbook-builder.js'
import { MONTH, newGeneration, openTwoCounties, uploadAs, type TwoCounties } from './two-counties.js'

/** Every list there is. */
const LISTS = [
  '/units',
  '/members?limit=100',
  '/members?q=王',
  '/bindings?state=pending',
  '/bindings?state=confirmed',
  '/bindings?state=refused',
  `/dues-ledger?month=${MONTH}&limit=100`,
  `/dues-ledger?month=${MONTH}&state=unpaid`,
  `/dues-ledger/document?month=${MONTH}`,
  '/dues-generations',
  '/roster-imports',
  '/me/branch',
  '/me/bills',
]

describe('what another branch sees is nothing of ours', () => {
  let counties: TwoCounties
  /** Ids and names by which anything of 东岭村 can be recognized. */
  let ours: string[]

  beforeAll(async () => {
    counties = await openTwoCounties()
    const { village, callers } = counties
    const phoneCode = await village.world.wechat.control.phoneCode('o-stranger-000000000000', '19990010004')
    const claim = (await callers.account.post('/bindings', { phoneCode }).expect(201)).body as { id: string }
    const { control } = village.world.wechat
    const second = await control.phoneCode('o-sun-xiaomei-new-00000')
    await (await village.as('sun')).post('/bindings', { phoneCode: second }).expect(409)
    const generation = await newGeneration(callers.officer, village.dongling)
    const upload = await counties.upload(callers.officer, village.dongling)
    await callers.secretary
      .post(`/members/${village.members.wang.id}/disclosures`, { reason: '打电话通知开会' })
      .expect(201)
    const { li, chen, wang, he, sun, guiying, dehou } = village.members
    const people = [li, chen, wang, he, sun, guiying, dehou]
    ours = [
      ...people.flatMap(({ id, name }) => [id, name]),
      village.dongling.id,
      '东岭村',
      claim.id,
      generation.id,
      upload.id,
    ]
  })
  afterAll(() => counties.close())

  const read = async (caller: Caller, path: string): Promise<string> => {
    const asked = caller.get(path)
    // A paper is read for what is printed on it.
    const answer = await (path.includes('/document') ? asked.buffer(true).parse(pdfAsText) : asked)
    expect([200, 403]).toContain(answer.status)
    return answer.text
  }

  it.each(LISTS)('GET %s', async (path) => {
    const { village, abroad, callers } = counties
    const own = (await read(callers.secretary, path)) + (await read(callers.officer, path))
    // Otherwise the search below would find nothing in anything.
    expect(ours.filter((sign) => own.includes(sign))).not.toEqual([])
    for (const other of [
      await village.as('zhao'),
      abroad.secretary,
      abroad.officer,
      await village.as('lyu'),
    ]) {
      const theirs = await read(other, path)
      expect(ours.filter((sign) => theirs.includes(sign))).toEqual([])
    }
  })

  it('totals count only what is theirs', async () => {
    const zhao = await counties.village.as('zhao')
    const { body } = await zhao.get(`/dues-ledger?month=${MONTH}`).expect(200)
    expect(body).toMatchObject({ totals: { dueCount: 2 } })
    const { body: months } = await zhao.get('/dues-ledger/months').expect(200)
    expect(months).toMatchObject({ items: [{ month: MONTH, totals: { dueCount: 2 } }] })
  })

  it('a cursor of ours opens nothing of ours', async () => {
    const { secretary } = counties.callers
    const { body } = await secretary.get('/members?limit=1').expect(200)
    const { next } = body as { next: string }
    const theirs = await read(await counties.village.as('zhao'), `/members?cursor=${next}`)
    expect(ours.filter((sign) => theirs.includes(sign))).toEqual([])
  })
})

describe('a file is no way around the scope', () => {
  let counties: TwoCounties
  let rows: ImportRowPage

  beforeAll(async () => {
    counties = await openTwoCounties()
    const { wang } = counties.village.members
    const person = {
      姓名: '王秀兰',
      性别: '女',
      出生日期: '1948-04-02',
      入党日期: '1974-05-04',
      转正日期: '1975-05-04',
    }
    const file = await workbookOf({
      rows: [HEADINGS, soundRowWith({ ...person, 公民身份号码: wang.idNumber, 所在党支部: '南湾村党支部' })],
    })
    const { id } = (await uploadAs(counties.abroad.officer, file).expect(201)).body as RosterImport
    await counties.village.world.settle()
    const upload = (await counties.abroad.officer.get(`/roster-imports/${id}`).expect(200))
      .body as RosterImport
    expect(upload.counts).toMatchObject({ total: 1, refused: 1, new: 0, changed: 0 })
    rows = (await counties.abroad.officer.get(`/roster-imports/${upload.id}/rows`).expect(200))
      .body as ImportRowPage
  })
  afterAll(() => counties.close())

  it('whoever knows the number of a member elsewhere learns nothing about them', () => {
    expect(rows.items).toMatchObject([
      {
        kind: 'refused',
        changes: [],
        problems: [{ heading: '公民身份号码', reason: expect.stringContaining('先办理转接') as string }],
      },
    ])
    expect(JSON.stringify(rows)).not.toMatch(/东岭村|退休|3860/)
  })

  it('and moves them nowhere', async () => {
    const { village, callers } = counties
    const { body } = await callers.secretary.get(`/members/${village.members.wang.id}`).expect(200)
    expect((body as Member).unitId).toBe(village.dongling.id)
  })
})
