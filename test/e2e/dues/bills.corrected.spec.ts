import type {
  BillChangeList,
  BillPage,
  DuesDifferencePage,
} from '../../../server/contracts/organization/dues.js'
import { openVillage, type Village } from '../../support/village.js'
import type { Caller } from '../../support/world.js'

const MONTHS = ['2026-09', '2026-10', '2026-11']

describe('a bill follows the facts of its month', () => {
  let village: Village
  let zhou: Caller
  let chen: Caller

  beforeEach(async () => {
    village = await openVillage()
    zhou = await village.as('zhou')
    chen = await village.as('chen')
    for (const month of MONTHS) await village.world.county.bills(village.committee, month)
  })
  afterEach(() => village.world.close())

  const bills = async (who: Caller) => ((await who.get('/me/bills').expect(200)).body as BillPage).items
  const amounts = async (who: Caller) =>
    (await bills(who)).map(({ month, amountFen, state }) => [month, amountFen, state])
  const changes = async (who: Caller) =>
    ((await who.get('/me/bill-changes').expect(200)).body as BillChangeList).items
  const differences = async (who: Caller) =>
    ((await who.get('/dues-differences').expect(200)).body as DuesDifferencePage).items
  const assess = (baseFen: number, fromMonth: string) =>
    zhou
      .post(`/members/${village.members.chen.id}/assessments`, {
        fromMonth,
        duesClass: 'wage',
        baseFen,
        reason: '基数录错了，按工资条更正',
      })
      .expect(201)

  it('a base that was mistyped leaves no wrong bill: the member sees old and new, and why', async () => {
    await assess(4_500_000, '2026-10')
    expect(await amounts(chen)).toEqual([
      ['2026-11', 90_000, 'unpaid'],
      ['2026-10', 90_000, 'unpaid'],
      ['2026-09', 9_427, 'unpaid'],
    ])
    await assess(450_000, '2026-10')
    expect(await amounts(chen)).toEqual([
      ['2026-11', 4_500, 'unpaid'],
      ['2026-10', 4_500, 'unpaid'],
      ['2026-09', 9_427, 'unpaid'],
    ])
    const [latest] = await changes(chen)
    expect(latest).toMatchObject({
      oldFen: 90_000,
      newFen: 4_500,
      cause: '党费重新核定',
      reason: '基数录错了，按工资条更正',
    })
    expect(await changes(await village.as('lyu'))).toEqual([])
  })

  it('who died owes nothing from that month on, and what was owed before stays', async () => {
    const { world, members } = village
    await world.county.fact(members.chen, 'standing', 'died', '2026-10-05')
    const rows = await world.database.query('SELECT month FROM dues_bill WHERE memberId = ? ORDER BY month', [
      members.chen.id,
    ])
    expect(rows).toEqual([{ month: '2026-09' }])
  })

  it('a paid bill is left alone, and the difference stands in the list of those who have to settle it', async () => {
    const { world, members } = village
    await world.county.paid(members.chen.id, ['2026-10'], new Date('2026-10-20T08:00:00Z'))
    await assess(450_000, '2026-10')
    expect(await amounts(chen)).toEqual([
      ['2026-11', 4_500, 'unpaid'],
      ['2026-10', 9_427, 'paid'],
      ['2026-09', 9_427, 'unpaid'],
    ])
    const expected = {
      memberName: '陈晓霞',
      month: '2026-10',
      billedFen: 9_427,
      owedFen: 4_500,
      state: 'paid',
    }
    expect(await differences(zhou)).toMatchObject([expected])
    expect(await differences(await village.as('li'))).toMatchObject([expected])
    expect(await differences(await village.as('zhao'))).toEqual([])
    await assess(628_443, '2026-10')
    expect(await differences(zhou)).toEqual([])
  })

  it('a bill that is being paid waits for its order: given up, it follows; paid, it is a difference', async () => {
    const [newest] = await bills(chen)
    const { body } = await chen
      .post('/payments', { billIds: [newest?.id] })
      .set('idempotency-key', 'one-attempt-of-chen')
      .expect(201)
    const { tradeNo } = body as { tradeNo: string }
    await assess(450_000, '2026-11')
    expect((await amounts(chen))[0]).toEqual(['2026-11', 9_427, 'unpaid'])
    expect(await differences(zhou)).toMatchObject([{ month: '2026-11', state: 'waiting', owedFen: 4_500 }])
    await chen.delete(`/payments/${tradeNo}`).expect(200)
    expect((await amounts(chen))[0]).toEqual(['2026-11', 4_500, 'unpaid'])
    expect(await differences(zhou)).toEqual([])
  })

  it('a move that was entered late takes the unpaid months along, from the month that the letter says', async () => {
    const { world, members, hexi } = village
    await world.county.fact(members.chen, 'unit', hexi.id, '2026-10-15', { duesPaidThrough: '2026-09' })
    const units = (await bills(chen)).map(({ month, unitName }) => [month, unitName])
    expect(units).toEqual([
      ['2026-11', '河西村党支部'],
      ['2026-10', '河西村党支部'],
      ['2026-09', '东岭村党支部'],
    ])
  })
})
