import type { Member } from '../../../server/contracts/home/member-page.js'
import { RoleHoldings } from '../../../server/modules/organization/roles/role-holdings.js'
import { Grant } from '../../../server/platform/access/grant.entity.js'
import { Accounts } from '../../../server/platform/auth/accounts.js'
import type { ImportRowPage, RosterImport } from '../../../server/contracts/organization/roster-import.js'
import { HEADINGS, soundRowWith, workbookOf } from '../../unit/roster/workbook-builder.js'
import type { Caller } from '../../support/world.js'
import { OPENIDS } from '../../support/village.js'
import { refusalIn } from '../bad-input/refusal.js'
import { describedRoutes, type NamedRoute } from '../routes/index.js'
import { waiting } from '../routes/approvals.js'
import { importInto, uploadAs } from '../routes/roster-imports.js'
import { admittedTo, expectationsOf } from '../routes/stage/expectations.js'
import { Owners } from '../routes/stage/owners.js'
import { readableText } from '../routes/stage/readable-text.js'
import { RowWatch } from '../routes/stage/row-watch.js'
import type { Side } from '../routes/stage/scene.js'
import { Stage } from '../routes/stage/stage.js'
import { MONTH, openTwoCounties, type Role, type TwoCounties } from '../routes/stage/two-counties.js'
import { closeConnections, send, type WireAnswer } from '../routes/stage/wire-call.js'

interface Page {
  items: Array<Record<string, unknown>>
  next: string | null
}

/** What is read without naming anything, and shows more than figures about the whole server. */
const READS = describedRoutes
  .filter(({ route, path, about }) => route.startsWith('GET ') && !path && about !== 'nobody')
  .map((route): [string, NamedRoute] => [route.name, route])
/** Those that are read in pages, whoever may see them and whether they name something or not. */
const PAGED = describedRoutes.filter(({ query }) => query && 'cursor' in query)

/** Who of ours reads a list: the secretary, who sees least of what belongs to others, or whoever may. */
function readerOf(route: NamedRoute): Role {
  const isForSecretary = expectationsOf(route).some(
    ({ role, inside }) => role === 'secretary' && inside === 200,
  )
  return isForSecretary ? 'secretary' : admittedTo(route)
}

/**
 * Where each list is read. One that needs a month gets it.
 * @param path the address, with ids where the route names something
 */
function targetsOf({ route, query = {}, list }: NamedRoute, path = route.split(' ')[1]): string[] {
  const needed = Object.entries(query)
    .filter(([, { isOptional }]) => !isOptional)
    .map(([name, { value }]) => `${name}=${String(value)}`)
  const queries = list === undefined || list === 'figures only' ? [''] : list
  return queries.map((one) => encodeURI(`${path}?${[...needed, one].join('&')}`))
}
const inPagesOf = (target: string, limit: number): string =>
  `${target.replace(/[?&]limit=\d+/, (found) => found.slice(0, 1))}&limit=${limit}`.replace('?&', '?')

/** More than anybody would ask for at once. */
const MANY = 1_000
/** Ids are as long as this, words of a language are not. */
const SHORTEST_ID = 20

describe('what a list shows is nothing of others', () => {
  let counties: TwoCounties
  let watch: RowWatch
  /** Ids and names by which anything of 东岭村 can be recognized. */
  let ours: string[]
  let li: Caller

  beforeAll(async () => {
    counties = await openTwoCounties()
    const { village, callers } = counties
    const { world } = village
    li = callers.secretary
    await world.county.bills(village.committee, '2026-10')
    // They have paid for a month in which, as was entered later, nothing was owed.
    for (const member of [village.members.he, village.members.guiying]) {
      await world.county.paid(member.id, ['2026-10'], new Date('2026-10-20T08:00:00Z'))
      await world.county.fact(member, 'standing', 'suspended', '2026-10-05', { untilOn: '2026-11-05' })
    }
    const phoneCode = await world.wechat.control.phoneCode('o-stranger-000000000000', '19990010004')
    await callers.account.post('/bindings', { phoneCode }).expect(201)
    const second = await world.wechat.control.phoneCode('o-sun-xiaomei-new-00000')
    await (await village.as('sun')).post('/bindings', { phoneCode: second }).expect(409)
    await callers.officer.post('/dues-generations', { month: MONTH, unitId: village.dongling.id }).expect(201)
    await importInto(counties, callers.officer, village.dongling)
    for (const member of [village.members.li, village.members.li, village.members.wang]) {
      await li.post(`/members/${member.id}/disclosures`, { reason: '打电话通知开会' }).expect(201)
    }
    const liAccount = await world.app.get(Accounts).forOpenid(OPENIDS.li, null)
    for (const parties of [{}, {}, { by: liAccount }, { by: liAccount }]) {
      await waiting({ counties }, village.dongling, parties)
    }
    await world.county.grantWithPost(village.members.li, 'superior', village.dongling, null)
    const { id: roleId } = await world.database
      .repository(Grant)
      .findOneByOrFail({ role: 'superior', holderId: village.members.li.id })
    await world.app
      .get(RoleHoldings, { strict: false })
      .end([roleId], { endedBy: 'decision', revokedBy: null })
    ours = await signsOf(counties)
    watch = await RowWatch.begin(world)
  })
  afterAll(async () => {
    closeConnections()
    await counties.close()
  })

  const get = ({ token }: Caller, target: string): Promise<WireAnswer> =>
    send(counties.village.world.baseUrl, {
      method: 'GET',
      target,
      headers: { authorization: `Bearer ${token}` },
    })
  const read = async (caller: Caller, target: string): Promise<string> => {
    const answer = await get(caller, target)
    expect([target, [200, 403].includes(answer.status)]).toEqual([target, true])
    return readableText(answer)
  }
  const signsIn = (text: string) => ours.filter((sign) => text.includes(sign))

  it.each(READS)('%s shows nothing of ours to another branch', async (_, route) => {
    const { village, abroad, callers } = counties
    for (const target of targetsOf(route)) {
      const own = []
      const { secretary, officer, administrator, member } = callers
      for (const caller of [secretary, officer, administrator, member, await village.as('wang')]) {
        own.push(await read(caller, target))
      }
      // Otherwise the search below would find nothing in anything; and figures alone hold nothing to be found.
      const isRecognized = signsIn(own.join('')).length > 0
      expect([target, isRecognized]).toEqual([target, route.list !== 'figures only'])
      for (const other of [
        await village.as('zhao'),
        await village.as('lyu'),
        abroad.secretary,
        abroad.officer,
      ]) {
        expect([target, signsIn(await read(other, target))]).toEqual([target, []])
      }
    }
  })

  it('totals count only what is theirs', async () => {
    const zhao = await counties.village.as('zhao')
    const { body } = await zhao.get(`/dues-ledger?month=${MONTH}`).expect(200)
    expect(body).toMatchObject({ totals: { dueCount: 2 } })
    const { body: months } = await zhao.get('/dues-ledger/months').expect(200)
    const two = { totals: { dueCount: 2 } }
    expect(months).toMatchObject({
      items: [
        { ...two, month: MONTH },
        { ...two, month: '2026-10' },
      ],
    })
  })

  it('a cursor of ours opens nothing of ours', async () => {
    const { body } = await li.get('/members?limit=1').expect(200)
    const zhao = await counties.village.as('zhao')
    const theirs = await read(zhao, `/api/v1/members?cursor=${(body as Page).next}`)
    expect(signsIn(theirs)).toEqual([])
  })

  it('a cursor of somebody else’s list, of another month or of another list shows rows of one’s own or is refused', async () => {
    const { callers, abroad } = counties
    const stage = new Stage(counties, 'by others')
    const pathOf = async (route: NamedRoute, side: Side) =>
      `/${(await stage.prepare(route, admittedTo(route), side)).segments.join('/')}`
    const lists: Array<{ target: string; reader: Caller; cursors: string[] }> = []
    for (const route of PAGED) {
      const [ours, theirs] = [await pathOf(route, 'inside'), await pathOf(route, 'outside')]
      const paged = targetsOf(route, ours).map((target, index) => ({
        target,
        others: targetsOf(route, theirs)[index] ?? '',
      }))
      let found = 0
      for (const { target, others } of paged) {
        const cursors = new Set<string>()
        for (const [caller, at] of [
          [callers.officer, target],
          [callers.administrator, target],
          [abroad.secretary, others],
          [abroad.officer, others],
          [li, target],
        ] as const) {
          const { next } = JSON.parse((await get(caller, inPagesOf(at, 1))).text) as Partial<Page>
          if (next) cursors.add(next)
        }
        found += cursors.size
        lists.push({ target, reader: callers[readerOf(route)], cursors: [...cursors] })
      }
      // A list of one row or none has no cursor to try.
      expect([route.name, found > 0]).toEqual([route.name, true])
    }
    let shown = 0
    for (const { target, reader } of lists) {
      const all = inPagesOf(target, 100)
      const own = new Set(itemsOf(await get(reader, all)))
      // All of the same list, and one of each other.
      const tried = lists.flatMap((from) =>
        from.target === target ? from.cursors : from.cursors.slice(0, 1),
      )
      for (const cursor of tried) {
        const answer = await get(reader, `${all}&cursor=${cursor}`)
        if (answer.status !== 200)
          expect([target, refusalIn(answer).code]).toEqual([target, 'request.cursor'])
        else {
          expect([target, itemsOf(answer).filter((item) => !own.has(item))]).toEqual([target, []])
          shown += itemsOf(answer).length
        }
      }
    }
    expect(shown).toBeGreaterThan(20)
  })

  it(`${MANY} requests at once with one token: each is answered as if it were alone, or told to wait`, async () => {
    await watch.forget()
    const alone = await get(li, '/api/v1/members?limit=5')
    expect(alone.status).toBe(200)
    const answers = await Promise.all(Array.from({ length: MANY }, () => get(li, '/api/v1/members?limit=5')))
    const others = answers.filter(({ status, text }) => status !== 200 || text !== alone.text)
    for (const answer of others) expect(refusalIn(answer).status).toBe(429)
    expect(others.length).toBeLessThan(MANY)
    expect(await watch.changes()).toEqual([])
  })

  it('thousands of values in an address are refused, and not one by one', async () => {
    for (const [status, query] of [
      [400, 'unitId=1&'.repeat(400)],
      [400, 'limit[]=1&'.repeat(400)],
      [400, Array.from({ length: 500 }, (_, index) => `a${index}=1`).join('&')],
      [414, 'unitId=1&'.repeat(1_000)],
    ] as const) {
      const answer = await get(li, `/api/v1/members?${query}`)
      expect(refusalIn(answer).status).toBe(status)
      expect(answer.text.length).toBeLessThan(4_000)
    }
  })

  it('wildcards and quotes in a search mean themselves', async () => {
    for (const q of ['%', '_', '!', "'", '"', '\\', '王%', '__', '😀', '𠮷', 'é']) {
      const { body } = await li.get(`/members?q=${encodeURIComponent(q)}`).expect(200)
      expect([q, (body as Page).items]).toEqual([q, []])
    }
    const { body } = await li.get(`/members?q=${encodeURIComponent('秀')}`).expect(200)
    expect((body as Page).items).toHaveLength(1)
  })

  describe('a file is no way around the scope', () => {
    let rows: ImportRowPage

    beforeAll(async () => {
      const { village, abroad } = counties
      const person = {
        姓名: '王秀兰',
        性别: '女',
        出生日期: '1948-04-02',
        入党日期: '1974-05-04',
        转正日期: '1975-05-04',
      }
      const row = { ...person, 公民身份号码: village.members.wang.idNumber, 所在党支部: '南湾村党支部' }
      const file = await workbookOf({ rows: [HEADINGS, soundRowWith(row)] })
      const { id } = (await uploadAs(abroad.officer, file).expect(201)).body as RosterImport
      await village.world.settle()
      const upload = (await abroad.officer.get(`/roster-imports/${id}`).expect(200)).body as RosterImport
      expect(upload.counts).toMatchObject({ total: 1, refused: 1, new: 0, changed: 0 })
      rows = (await abroad.officer.get(`/roster-imports/${id}/rows`).expect(200)).body as ImportRowPage
    })

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
      const { village } = counties
      const { body } = await li.get(`/members/${village.members.wang.id}`).expect(200)
      expect((body as Member).unitId).toBe(village.dongling.id)
    })
  })
})

const itemsOf = ({ text }: WireAnswer): string[] =>
  (JSON.parse(text) as Page).items.map((item) => JSON.stringify(item))

/** Names of our people, and the id of every row that belongs to 东岭村 or to the accounts of its people. */
async function signsOf({ village }: TwoCounties): Promise<string[]> {
  const { world, members, dongling } = village
  const { li, chen, wang, he, sun, guiying, dehou } = members
  const owners = new Owners(world)
  const accounts = await world.database.query<{ accountId: string }>(
    'SELECT accountId FROM binding WHERE memberId IN (?, ?, ?)',
    [li.id, chen.id, wang.id],
  )
  const ownAccounts = accounts.map(({ accountId }) => accountId)
  const signs = ['东岭村', ...[li, chen, wang, he, sun, guiying, dehou].map(({ name }) => name)]
  for (const { name, key } of owners.tables) {
    for (const row of await world.database.query<Record<string, unknown>>(`SELECT * FROM ${name}`)) {
      const { account, unit } = await owners.of(name, row)
      const isOurs = unit === dongling.id || ownAccounts.some((own) => own === account)
      const id = row[key]
      if (isOurs && typeof id === 'string' && id.length >= SHORTEST_ID) signs.push(id)
    }
  }
  return signs
}
