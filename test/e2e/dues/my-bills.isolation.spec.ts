import { EventEmitter, once } from 'node:events'
import type { BillPage } from '../../../server/contracts/organization/dues.js'
import { BillRecord } from '../../../server/modules/organization/dues/bill.entity.js'
import { BillQueries, type BillRow } from '../../../server/modules/organization/dues/bills.queries.js'
import { addMonths } from '../../../server/platform/config/business-time.js'
import { USUAL_LIMIT } from '../../../server/platform/http/paging.js'
import { openVillage, type Village } from '../../support/village.js'

/** More months than a page has bills. */
const MONTHS = Array.from({ length: USUAL_LIMIT + 3 }, (_, index) => addMonths('2026-11', -index))
const USUAL_ROWS = USUAL_LIMIT + 1

describe('Who looks at the same moment sees only their own', () => {
  let village: Village
  let queries: BillQueries

  beforeAll(async () => {
    village = await openVillage()
    for (const month of MONTHS) await village.world.county.bills(village.committee, month)
    queries = village.world.app.get(BillQueries)
  })
  afterAll(() => village.world.close())
  afterEach(() => jest.restoreAllMocks())

  /** The ids as the table has them, one member after the other. */
  const billsOf = async (memberId: string, from = 0): Promise<string[]> => {
    const bills = await village.world.database
      .repository(BillRecord)
      .find({ where: { memberId }, order: { id: 'DESC' }, skip: from, take: USUAL_ROWS })
    return bills.map(({ id }) => id)
  }
  const idsOf = (rows: BillRow[]): string[] => rows.map(({ id }) => id)

  it('everybody in the village asks at once: each page is what its owner would see alone', async () => {
    const members = Object.values(village.members)
    const pages = await Promise.all(members.map(({ id }) => queries.ofMember(id, undefined, USUAL_ROWS)))
    for (const [index, { id }] of members.entries()) {
      expect(idsOf(pages[index] ?? [])).toEqual(await billsOf(id))
    }
    expect(pages.filter(({ length }) => length === USUAL_ROWS).length).toBeGreaterThan(6)
  })

  it('one who asks twice, one who turns the page and one who has nothing do not disturb each other', async () => {
    const { chen, li } = village.members
    const [firstOfSecondPage = ''] = await billsOf(chen.id, USUAL_LIMIT)
    const [lastOfFirstPage = ''] = await billsOf(chen.id, USUAL_LIMIT - 1)
    const [once, again, second, none, other] = await Promise.all([
      queries.ofMember(chen.id, undefined, USUAL_ROWS),
      queries.ofMember(chen.id, undefined, USUAL_ROWS),
      queries.ofMember(chen.id, lastOfFirstPage, USUAL_ROWS),
      queries.ofMember('0'.repeat(26), undefined, USUAL_ROWS),
      queries.ofMember(li.id, undefined, USUAL_ROWS),
    ])
    expect(idsOf(once)).toEqual(await billsOf(chen.id))
    expect(idsOf(again)).toEqual(idsOf(once))
    expect(idsOf(second)).toEqual(await billsOf(chen.id, USUAL_LIMIT))
    expect(idsOf(second)[0]).toBe(firstOfSecondPage)
    expect(second).toHaveLength(MONTHS.length - USUAL_LIMIT)
    expect(none).toEqual([])
    expect(idsOf(other)).toEqual(await billsOf(li.id))
  })

  it('the phones get what they get one after the other, byte for byte', async () => {
    const callers = await Promise.all((['li', 'chen', 'wang', 'zhao', 'lyu'] as const).map(village.as))
    const alone: string[] = []
    for (const caller of callers) alone.push((await caller.get('/me/bills').expect(200)).text)
    const arrived = allTogether(callers.length)
    const ofMember = queries.ofMember.bind(queries)
    jest.spyOn(queries, 'ofMember').mockImplementation(async (...question) => {
      await arrived()
      return ofMember(...question)
    })
    const read = jest.spyOn(village.world.database, 'queryPrepared')
    const together = await Promise.all(callers.map((caller) => caller.get('/me/bills').expect(200)))
    expect(together.map(({ text }) => text)).toEqual(alone)
    expect(new Set(alone).size).toBe(callers.length)
    expect((together[0]?.body as BillPage).items).toHaveLength(USUAL_LIMIT)
    expect(read).toHaveBeenCalledTimes(callers.length)
  })

  it('a statement that fails is trouble for whoever asked, and for nobody after', async () => {
    const { chen, li } = village.members
    const read = jest
      .spyOn(village.world.database, 'queryPrepared')
      .mockRejectedValueOnce(new Error('the connection is lost'))
    const [ofChen, ofLi] = await Promise.allSettled(
      [chen, li].map(({ id }) => queries.ofMember(id, undefined, USUAL_ROWS)),
    )
    expect(ofChen).toMatchObject({ status: 'rejected', reason: { message: 'the connection is lost' } })
    expect(ofLi).toMatchObject({ status: 'fulfilled' })
    expect(read).toHaveBeenCalledTimes(2)
    await expect(queries.ofMember(chen.id, undefined, USUAL_ROWS)).resolves.toHaveLength(USUAL_ROWS)
  })

  it('a row that cannot be is trouble for its owner only', async () => {
    const { database } = village.world
    const { chen, li, wang } = village.members
    const [spoiled = ''] = await billsOf(li.id)
    const setAmount = (amount: string) =>
      database.execute(`UPDATE dues_bill SET amountFen = ${amount} WHERE id = ?`, [spoiled])
    const [before] = await database.query<{ amountFen: number }>(
      'SELECT amountFen FROM dues_bill WHERE id = ?',
      [spoiled],
    )
    await setAmount('9007199254740993')
    const [ofChen, ofLi, ofWang] = await Promise.allSettled(
      [chen, li, wang].map(({ id }) => queries.ofMember(id, undefined, USUAL_ROWS)),
    )
    await setAmount(String(before?.amountFen))
    expect(ofLi).toMatchObject({ status: 'rejected', reason: expect.any(RangeError) as RangeError })
    for (const [member, page] of [[chen, ofChen] as const, [wang, ofWang] as const]) {
      if (page?.status !== 'fulfilled') throw new Error(`${member.name} should have got a page`)
      expect(idsOf(page.value)).toEqual(await billsOf(member.id))
    }
  })

  it('inside a transaction it sees what the transaction has done, and others do not', async () => {
    const { database } = village.world
    const { chen, li } = village.members
    const rollBack = new Error('never mind')
    const pages = () => Promise.all([chen, li].map(({ id }) => queries.ofMember(id, undefined, USUAL_ROWS)))
    const statesOf = (rows: BillRow[][]) => [...new Set(rows.flat().map(({ state }) => state))]
    const turns = new EventEmitter()
    const changed = once(turns, 'changed')
    const now = once(turns, 'now')
    const inside = database.transaction(async () => {
      await database.repository(BillRecord).update({ memberId: chen.id }, { state: 'waived' })
      turns.emit('changed')
      await now
      expect(statesOf(await pages())).toEqual(['waived', 'unpaid'])
      throw rollBack
    })
    const rolledBack = expect(inside).rejects.toBe(rollBack)
    await changed
    const outside = pages()
    turns.emit('now')
    expect(statesOf(await outside)).toEqual(['unpaid'])
    await rolledBack
  })
})

/** @returns a door that opens when so many stand before it */
function allTogether(count: number): () => Promise<unknown> {
  const door = new EventEmitter()
  const opened = once(door, 'open')
  let missing = count
  return () => {
    missing -= 1
    if (missing === 0) door.emit('open')
    return opened
  }
}
