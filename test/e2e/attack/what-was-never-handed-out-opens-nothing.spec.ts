import { schema } from '../../../server/schema.js'
import { newId } from '../../../server/platform/database/ids.js'
import { commandsOf } from '../bad-input/commands.js'
import { fieldsIn, refusalIn } from '../bad-input/refusal.js'
import { openTwoCounties, type TwoCounties } from '../access/two-counties.js'
import type { Caller } from '../../support/world.js'
import { changesBetween, storedRows } from './fuzz/stored-rows.js'
import { closeConnections, send } from './fuzz/wire-call.js'

interface Page {
  items: Array<Record<string, unknown>>
  next: string | null
}

/** Every list that is read in pages and that a secretary may see. */
const LISTS = [
  '/members?limit=1',
  '/dues-ledger?month=2026-11&limit=1',
  '/dues-ledger?month=2026-10&limit=1',
  '/bindings?limit=1',
  '/me/bills?limit=1',
  '/me/disclosures?limit=1',
]
/** As many as a form has fields, few enough for a refusal to name them all. */
const AT_ONCE = 15
const MANY = 1_000

describe('what was never handed out opens nothing', () => {
  let counties: TwoCounties
  let li: Caller

  beforeAll(async () => {
    counties = await openTwoCounties()
    const { village, callers } = counties
    li = callers.secretary
    await village.world.county.bills(village.committee, '2026-10')
    for (const reason of ['打电话通知开会', '寄信']) {
      await li.post(`/members/${village.members.li.id}/disclosures`, { reason }).expect(201)
    }
  })
  afterAll(async () => {
    closeConnections()
    await counties.close()
  })

  const page = async (caller: Caller, path: string) => (await caller.get(path).expect(200)).body as Page
  /** What a person is shown of a list, page after page. */
  const everything = async (caller: Caller, list: string): Promise<Set<string>> => {
    const { items } = await page(caller, list.replace('limit=1', 'limit=100'))
    return new Set(items.map((item) => JSON.stringify(item)))
  }

  it('a cursor of somebody else’s list, of another month or of another list shows rows of one’s own or is refused', async () => {
    const { callers, abroad } = counties
    const cursors: string[] = []
    for (const caller of [callers.officer, abroad.secretary, abroad.officer, li]) {
      for (const list of LISTS) {
        const answer = await caller.get(list)
        const { next } = answer.body as Partial<Page>
        if (next) cursors.push(next)
      }
    }
    expect(cursors.length).toBeGreaterThan(5)
    let shown = 0
    for (const list of LISTS) {
      const own = await everything(li, list)
      for (const cursor of cursors) {
        const answer = await li.get(`${list.replace('limit=1', 'limit=100')}&cursor=${cursor}`)
        if (answer.status !== 200) expect([list, refusalIn(answer).code]).toEqual([list, 'request.cursor'])
        for (const item of (answer.body as Partial<Page>).items ?? []) {
          expect(own).toContain(JSON.stringify(item))
          shown += 1
        }
      }
    }
    expect(shown).toBeGreaterThan(20)
  })

  it('no column of any table can be set by naming it in a command', async () => {
    const { village } = counties
    const { database } = village.world
    const columns = new Set(
      (schema.entities as Array<new () => object>).flatMap((entity) =>
        database.repository(entity).metadata.columns.map(({ propertyName }) => propertyName),
      ),
    )
    expect(columns.size).toBeGreaterThan(80)
    for (const { name, body, kinds, send: command } of await commandsOf(village)) {
      const before = await storedRows(village.world)
      const unasked = [...columns].filter((column) => !(column in kinds))
      for (let at = 0; at < unasked.length; at += AT_ONCE) {
        const added = unasked.slice(at, at + AT_ONCE)
        const answer = await command({
          ...body,
          ...Object.fromEntries(added.map((column) => [column, newId()])),
        })
        expect([name, answer.status, fieldsIn(answer)]).toEqual([name, 400, expect.arrayContaining(added)])
      }
      expect([name, changesBetween(before, await storedRows(village.world))]).toEqual([name, []])
    }
  })

  it(`${MANY} requests at once with one token: each is answered as if it were alone, or told to wait`, async () => {
    const { world } = counties.village
    const before = await storedRows(world)
    const call = {
      method: 'GET',
      target: '/api/v1/members?limit=5',
      headers: { authorization: `Bearer ${li.token}` },
    }
    const alone = await send(world.baseUrl, call)
    expect(alone.status).toBe(200)
    const answers = await Promise.all(Array.from({ length: MANY }, () => send(world.baseUrl, call)))
    const others = answers.filter(({ status, text }) => status !== 200 || text !== alone.text)
    for (const answer of others) expect(refusalIn(answer).status).toBe(429)
    expect(others.length).toBeLessThan(MANY)
    expect(changesBetween(before, await storedRows(world))).toEqual([])
  })

  it('thousands of values in an address are refused, and not one by one', async () => {
    const { world } = counties.village
    const headers = { authorization: `Bearer ${li.token}` }
    for (const [status, query] of [
      [400, 'unitId=1&'.repeat(400)],
      [400, 'limit[]=1&'.repeat(400)],
      [400, Array.from({ length: 500 }, (_, index) => `a${index}=1`).join('&')],
      [414, 'unitId=1&'.repeat(1_000)],
    ] as const) {
      const answer = await send(world.baseUrl, { method: 'GET', target: `/api/v1/members?${query}`, headers })
      expect(refusalIn(answer).status).toBe(status)
      expect(answer.text.length).toBeLessThan(4_000)
    }
  })
})
