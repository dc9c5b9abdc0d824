import { DataSource } from 'typeorm'
import type { Payment } from '../../../server/contracts/platform/payment.js'
import type { BillPage } from '../../../server/contracts/organization/dues.js'
import type { Problem } from '../../../server/contracts/platform/problem.js'
import { FactDatingJobs } from '../../../server/modules/organization/dues/fact-dating.jobs.js'
import { FactDatings } from '../../../server/modules/organization/members/fact-datings.js'
import { MemberFacts } from '../../../server/modules/organization/members/member-facts.js'
import { MemberProjectionJobs } from '../../../server/modules/organization/members/member-projection.jobs.js'
import { pendingMigrations } from '../../../server/platform/database/migrations.js'
import { openVillage, type Village } from '../../support/village.js'

const BILLS = `SELECT id, memberId, unitId, month, duesClass, baseFen, rateBasisPoints, rounding, amountFen, state, tradeNo
  FROM dues_bill ORDER BY id`

/** A server takes its time to undo and redo tables. */
const SLOW_MS = 120_000

describe('an installation whose facts had no days gets them', () => {
  let village: Village
  let before: unknown[]
  let order: Payment

  beforeAll(async () => {
    village = await openVillage()
    const { world, committee, members } = village
    for (const month of ['2026-08', '2026-09', '2026-10']) await world.county.bills(committee, month)
    await world.county.paid(members.wang.id, ['2026-08', '2026-09'], new Date('2026-09-20T08:00:00Z'))
    const chen = await village.as('chen')
    const { items } = (await chen.get('/me/bills').expect(200)).body as BillPage
    const request = { billIds: [items[0]?.id] }
    order = (await chen.post('/payments', request).set('idempotency-key', 'before-the-update').expect(201))
      .body as Payment
    before = await world.database.query(BILLS)
    await withoutDays(world.app.get(DataSource))
    // As after the restart that goes with an update: what the process remembered is gone.
    Object.assign(world.app.get(FactDatings, { strict: false }), { done: false })
  }, SLOW_MS)
  afterAll(() => village.world.close())

  /** The tables as they were before facts had days, and then the update: the facts of members are not worked out yet. */
  async function withoutDays(dataSource: DataSource): Promise<void> {
    const isUndone = async () =>
      (await pendingMigrations(dataSource)).some((name) => name.startsWith('FactsHaveDates'))
    while (!(await isUndone())) await dataSource.undoLastMigration()
    await dataSource.runMigrations()
  }

  const periodsOf = (memberId: string) =>
    village.world.database.query<{ kind: string; value: string; fromOn: string; untilOn: string | null }>(
      `SELECT kind, value, fromOn, untilOn FROM member_period WHERE memberId = ? ORDER BY kind, fromOn`,
      [memberId],
    )

  it('until it is done, no bills are made, and the answer says why', async () => {
    const zhou = await village.as('zhou')
    const { body } = await zhou.post('/dues-generations', { month: '2026-11' }).expect(409)
    expect(body as Problem).toMatchObject({ code: 'member.facts-not-ready' })
    expect((body as Problem).message).toContain('请稍后再试')
  })

  it('stopped in the middle, it goes on; every member has their days once', async () => {
    const { world, members, dongling } = village
    const facts = world.app.get(MemberFacts, { strict: false })
    const stopped = jest.spyOn(facts, 'recordFirst').mockRejectedValueOnce(new Error('the process died'))
    await world.app.get(FactDatingJobs, { strict: false }).onApplicationBootstrap()
    await world.settle()
    expect(await periodsOf(members.chen.id)).toEqual([])
    world.turnClockTo(new Date('2026-11-21T13:00:00+08:00'))
    await world.settle()
    expect(stopped).toHaveBeenCalledTimes(2)
    expect(await periodsOf(members.chen.id)).toMatchObject([
      { kind: 'category', value: 'probationary', untilOn: expect.any(String) as string },
      { kind: 'category', value: 'formal', untilOn: null },
      // The month of the first bill is earlier than the day on which the member was entered.
      { kind: 'unit', value: dongling.id, fromOn: '2026-08-01', untilOn: null },
    ])
    const [{ count } = { count: 0 }] = await world.database.query<{ count: number }>(
      `SELECT COUNT(*) AS count FROM member_period WHERE kind = 'unit' AND origin = 'migration'`,
    )
    expect(count).toBe(Object.keys(members).length)
  })

  it('the columns of members are what the days say, and bills stay as they were', async () => {
    const { world } = village
    const recount = await world.app.get(MemberProjectionJobs, { strict: false }).recount()
    expect([...recount]).toEqual([])
    expect(await world.database.query(BILLS)).toEqual(before)
  })

  it('the order that was open can be given up, and the months that follow are billed', async () => {
    const chen = await village.as('chen')
    await chen.delete(`/payments/${order.tradeNo}`).expect(200)
    expect(await village.world.database.query(BILLS)).toEqual(before)
    await village.world.county.bills(village.committee, '2026-11')
    const { items } = (await chen.get('/me/bills').expect(200)).body as BillPage
    expect(items.map(({ month, amountFen }) => [month, amountFen])).toEqual([
      ['2026-11', 9_427],
      ['2026-10', 9_427],
      ['2026-09', 9_427],
      ['2026-08', 9_427],
    ])
  })
})
