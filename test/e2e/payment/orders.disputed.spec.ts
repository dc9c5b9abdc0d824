import type { Payment } from '../../../server/contracts/platform/payment.js'
import type { Problem } from '../../../server/contracts/platform/problem.js'
import { PaymentJobs } from '../../../server/platform/payment/payment.jobs.js'
import type { Caller } from '../../support/world.js'
import { Cashier, newKey } from './cashier.js'

const TWO_HOURS = 2 * 3600
const HOUR_MS = 3600_000
const QUERIES = '/v3/pay/transactions/out-trade-no/'

describe('A disputed order waits for a person', () => {
  let cashier: Cashier
  let chen: Caller
  let billIds: string[]
  let order: Payment
  let key: string

  beforeAll(async () => {
    cashier = await Cashier.open()
    chen = await cashier.village.as('chen')
  })
  beforeEach(async () => {
    await cashier.startAnew()
    cashier.world.turnClockTo(new Date())
    billIds = await cashier.owed(chen)
    key = newKey()
    order = await cashier.order(chen, billIds, key)
    cashier.wechat.plan({ kind: 'transaction-altered', amountFen: 1 }, Number.POSITIVE_INFINITY)
    await cashier.payQuietly('chen', order)
  })
  afterEach(() => cashier.wechat.clearFaults())
  afterAll(() => cashier.close())

  const asked = () =>
    cashier.wechat.requests(10_000).filter(({ path }) => path === QUERIES + order.tradeNo).length
  const clockAsks = () => cashier.world.app.get(PaymentJobs).askPending()
  const expectUnderReview = async (caller: Caller, bills: string[], withKey?: string) => {
    const told = (await cashier.ask(caller, bills, withKey).expect(409)).body as Problem
    expect(told).toMatchObject({
      code: 'payment.under-review',
      message: '微信支付的记录和订单不一致，正在人工核对，请联系支部；不会重复扣款。',
    })
  }

  it('the clock asks ever more rarely, every hour in the end, and goes on past its two hours', async () => {
    cashier.passSeconds(TWO_HOURS)
    const waits: number[] = []
    for (let turn = 0; turn < 9; turn++) {
      const before = asked()
      await clockAsks()
      expect(asked()).toBeGreaterThan(before)
      const { state, nextAskAt } = await cashier.stored(order.tradeNo)
      expect(state).toBe('pending')
      waits.push(nextAskAt.getTime() - cashier.now().getTime())
      const until = asked()
      cashier.world.turnClockTo(new Date(nextAskAt.getTime() - 1))
      await clockAsks()
      expect(asked()).toBe(until)
      cashier.world.turnClockTo(nextAskAt)
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60].map((minutes) => minutes * 60_000))
    expect(waits.at(-1)).toBe(HOUR_MS)
    // It was a mistake of theirs: the truth, when it comes, settles it.
    cashier.wechat.clearFaults()
    await clockAsks()
    expect((await cashier.stored(order.tradeNo)).state).toBe('paid')
  })

  it('whoever taps again is told so, before and after the two hours, on this telephone and on another', async () => {
    expect((await cashier.find(chen, order.tradeNo)).state).toBe('pending')
    await expectUnderReview(chen, billIds)
    await expectUnderReview(chen, billIds, key)
    await expectUnderReview(chen, await cashier.owed(chen).then((others) => [...billIds, ...others]))
    cashier.passSeconds(TWO_HOURS)
    await expectUnderReview(chen, billIds)
    expect((await cashier.stored(order.tradeNo)).state).toBe('pending')
    const { county, database } = cashier.world
    const account = await county.account('o-chen-new-telephone-000')
    await cashier.world.person('o-chen-new-telephone-000')
    await database.execute('UPDATE binding SET accountId = ?, accountKey = ? WHERE memberKey = ?', [
      account,
      account,
      cashier.village.members.chen.id,
    ])
    await expectUnderReview(await cashier.world.signIn('o-chen-new-telephone-000'), billIds)
    const { accountId } = await cashier.stored(order.tradeNo)
    await database.execute('UPDATE binding SET accountId = ?, accountKey = ? WHERE memberKey = ?', [
      accountId,
      accountId,
      cashier.village.members.chen.id,
    ])
  })

  it('first heard of when the payer taps again after the two hours: the same word', async () => {
    cashier.passSeconds(TWO_HOURS)
    expect(await cashier.discrepancies(order.tradeNo)).toEqual([])
    await expectUnderReview(chen, billIds)
    expect(await cashier.discrepancies(order.tradeNo)).toEqual(['amount'])
  })

  it('WeChat has come round: the next tap finds the bill paid', async () => {
    await cashier.find(chen, order.tradeNo)
    await expectUnderReview(chen, billIds)
    cashier.wechat.clearFaults()
    const told = (await cashier.ask(chen, billIds).expect(409)).body as Problem
    expect(told.code).toBe('dues.already-paid')
    expect((await cashier.stored(order.tradeNo)).state).toBe('paid')
  })
})
