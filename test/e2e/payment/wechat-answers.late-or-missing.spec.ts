import type { Problem } from '../../../server/contracts/platform/problem.js'
import { PaymentJobs } from '../../../server/platform/payment/payment.jobs.js'
import { PaymentOrder } from '../../../server/platform/payment/payment-order.entity.js'
import { OPENIDS } from '../../support/village.js'
import type { Caller } from '../../support/world.js'
import { Cashier, newKey, paramsOf } from './cashier.js'

const ORDER_PATH = '/v3/pay/transactions/jsapi'
const QUERIES = '/v3/pay/transactions/out-trade-no/*'
const FIVE_MINUTES = 300

describe('When WeChat is late, silent or out of order', () => {
  let cashier: Cashier
  let chen: Caller

  beforeAll(async () => {
    cashier = await Cashier.open()
    chen = await cashier.village.as('chen')
  })
  beforeEach(async () => {
    cashier.wechat.clearFaults()
    cashier.world.turnClockTo(new Date())
    await cashier.startAnew()
  })
  afterAll(() => cashier.close())

  const requests = (path: string) =>
    cashier.wechat.requests(10_000).filter((request) => request.path === path)
  const stateOf = async (tradeNo: string) => (await cashier.stored(tradeNo)).state
  const expectPaidOnce = async (tradeNo: string, billIds: string[]) => {
    const { id, state } = await cashier.stored(tradeNo)
    expect(state).toBe('paid')
    expect(await cashier.happened('payment.paid', id)).toBe(1)
    for (const billId of billIds) expect(await cashier.happened('dues.bill-paid', billId)).toBe(1)
    expect(await cashier.discrepancies(tradeNo)).toEqual([])
  }

  it('the notification comes before the answer to the order: it is paid, and nothing is left to pay', async () => {
    const billIds = await cashier.owed(chen)
    cashier.wechat.plan({ kind: 'notification-early', during: 'order' })
    const order = await cashier.order(chen, billIds)
    expect(order).toMatchObject({ state: 'paid', request: null })
    await expectPaidOnce(order.tradeNo, billIds)
  })

  it('the notification comes before the answer that it is not paid: the notification is right', async () => {
    const billIds = await cashier.owed(chen)
    const order = await cashier.order(chen, billIds)
    cashier.wechat.plan({ kind: 'notification-early', during: 'query' })
    expect((await cashier.find(chen, order.tradeNo)).state).toBe('paid')
    await expectPaidOnce(order.tradeNo, billIds)
  })

  it('given up in the very moment in which it is paid: it is paid', async () => {
    const billIds = await cashier.owed(chen)
    const order = await cashier.order(chen, billIds)
    cashier.wechat.plan({ kind: 'notification-early', during: 'query' })
    const given = await chen.delete(`/payments/${order.tradeNo}`).expect(200)
    expect(given.body).toMatchObject({ state: 'paid' })
    await expectPaidOnce(order.tradeNo, billIds)
  })

  it('two payments whose notifications arrive the other way round, each twice: both are paid once', async () => {
    const lyu = await cashier.village.as('lyu')
    const [first, second] = [await cashier.owed(chen), await cashier.owed(lyu)]
    const orders = [await cashier.order(chen, first), await cashier.order(lyu, second)]
    cashier.wechat.plan({ kind: 'notifications-swapped' })
    cashier.wechat.plan({ kind: 'notification-duplicated' }, 2)
    await cashier.wechat.pay(OPENIDS.chen, paramsOf(orders[0]?.request ?? null))
    await cashier.wechat.pay(OPENIDS.lyu, paramsOf(orders[1]?.request ?? null))
    for (const { tradeNo } of orders) {
      while ((await stateOf(tradeNo)) !== 'paid') await new Promise((resolve) => setImmediate(resolve))
    }
    await expectPaidOnce(orders[0]?.tradeNo ?? '', first)
    await expectPaidOnce(orders[1]?.tradeNo ?? '', second)
  })

  it('a gateway answers with a page and asks for two seconds: they are waited, and the order goes through', async () => {
    const before = cashier.pauses().length
    cashier.wechat.plan({ kind: 'gateway-error', status: 503, path: ORDER_PATH, retryAfterSeconds: 2 })
    expect((await cashier.order(chen, await cashier.owed(chen))).request).not.toBeNull()
    expect(cashier.pauses().slice(before)).toEqual([2000])
  })

  it('WeChat asks for a minute: nobody is kept waiting that long', async () => {
    const key = newKey()
    const billIds = await cashier.owed(chen)
    const before = cashier.pauses().length
    cashier.wechat.plan({
      kind: 'pay-error',
      status: 429,
      code: 'FREQUENCY_LIMITED',
      message: '频率超限',
      path: ORDER_PATH,
      retryAfterSeconds: 60,
    })
    const told = (await cashier.ask(chen, billIds, key).expect(502)).body as Problem
    expect(told.message).toBe('暂时连接不上微信支付，没有扣款。请稍后再试。')
    expect(cashier.pauses().length).toBe(before)
    expect((await cashier.order(chen, billIds, key)).request).not.toBeNull()
  })

  it('the answer to closing is lost: it stays pending, and giving up once more closes it', async () => {
    const { tradeNo } = await cashier.order(chen, await cashier.owed(chen))
    cashier.wechat.plan({ kind: 'answer-lost', path: `/v3/pay/transactions/out-trade-no/${tradeNo}/close` })
    await chen.delete(`/payments/${tradeNo}`).expect(502)
    expect(await stateOf(tradeNo)).toBe('pending')
    const again = await chen.delete(`/payments/${tradeNo}`).expect(200)
    expect(again.body).toMatchObject({ state: 'closed' })
  })

  it('our own address changed between two attempts: WeChat is told the old one again, and accepts it', async () => {
    const key = newKey()
    const billIds = await cashier.owed(chen)
    cashier.wechat.plan({ kind: 'order-answer-lost' }, Number.POSITIVE_INFINITY)
    await cashier.ask(chen, billIds, key).expect(502)
    cashier.wechat.clearFaults()
    const { publicUrl } = cashier.world.config
    cashier.world.config.publicUrl = 'https://dangjian-new.example.gov.cn'
    const order = await cashier.order(chen, billIds, key)
    cashier.world.config.publicUrl = publicUrl
    expect(order.request).not.toBeNull()
    await cashier.payQuietly('chen', order)
    expect(await cashier.notify(order.tradeNo)).toBe(204)
    await expectPaidOnce(order.tradeNo, billIds)
  })

  it('WeChat was told something else before and refuses: the order is closed, a new one goes through', async () => {
    const key = newKey()
    const billIds = await cashier.owed(chen)
    cashier.wechat.plan({ kind: 'order-answer-lost' }, Number.POSITIVE_INFINITY)
    await cashier.ask(chen, billIds, key).expect(502)
    cashier.wechat.clearFaults()
    const orders = cashier.world.database.repository(PaymentOrder)
    const { tradeNo } = await orders.findOneByOrFail({ idempotencyKey: key })
    await orders.update({ tradeNo }, { description: '党费' })
    const refused = (await cashier.ask(chen, billIds, key).expect(409)).body as Problem
    expect(refused).toMatchObject({
      code: 'payment.refused',
      message: expect.stringContaining('请返回账单重新发起'),
    })
    expect(await stateOf(tradeNo)).toBe('closed')
    expect(cashier.wechat.order(tradeNo).state).toBe('CLOSED')
    const again = await cashier.order(chen, billIds)
    await cashier.payQuietly('chen', again)
    expect((await cashier.find(chen, again.tradeNo)).state).toBe('paid')
    await expectPaidOnce(again.tradeNo, billIds)
  })

  it('WeChat is out of reach: the clock gives up after three, and asks all of them when it is back', async () => {
    const payers = ['chen', 'wang', 'li', 'zhao', 'lyu'] as const
    const tradeNos: string[] = []
    for (const payer of payers) {
      const caller = await cashier.village.as(payer)
      const order = await cashier.order(caller, await cashier.owed(caller))
      await cashier.payQuietly(payer, order)
      tradeNos.push(order.tradeNo)
    }
    const jobs = cashier.world.app.get(PaymentJobs)
    const asked = () =>
      tradeNos.filter((tradeNo) => requests(`${QUERIES.slice(0, -1)}${tradeNo}`).length > 0).length
    cashier.passSeconds(FIVE_MINUTES)
    cashier.wechat.plan({ kind: 'gateway-error', status: 502, path: QUERIES }, Number.POSITIVE_INFINITY)
    await jobs.askPending()
    expect(asked()).toBe(3)
    // Those who had no turn come first the next time; those who had wait longer.
    cashier.passSeconds(30)
    await jobs.askPending()
    expect(asked()).toBe(5)
    cashier.wechat.clearFaults()
    cashier.passSeconds(60)
    await jobs.askPending()
    for (const tradeNo of tradeNos) expect(await stateOf(tradeNo)).toBe('paid')
  })

  it('a member pays with a new WeChat account while the old one’s order is open: one order, the other is told', async () => {
    const wang = await cashier.village.as('wang')
    const billIds = await cashier.owed(wang)
    const first = await cashier.order(wang, billIds)
    const { county, database } = cashier.world
    const account = await county.account('o-wang-new-telephone-000')
    await cashier.world.person('o-wang-new-telephone-000')
    await database.execute('UPDATE binding SET accountId = ?, accountKey = ? WHERE memberKey = ?', [
      account,
      account,
      cashier.village.members.wang.id,
    ])
    const otherPhone = await cashier.world.signIn('o-wang-new-telephone-000')
    const told = (await cashier.ask(otherPhone, billIds).expect(409)).body as Problem
    expect(told).toMatchObject({
      code: 'payment.already-open',
      message: '这笔费用正在另一部手机上支付。请等几分钟，再刷新看看结果。',
    })
    await otherPhone.get(`/payments/${first.tradeNo}`).expect(404)
    await cashier.payQuietly('wang', first)
    expect(await cashier.notify(first.tradeNo)).toBe(204)
    await expectPaidOnce(first.tradeNo, billIds)
    const late = (await cashier.ask(otherPhone, billIds).expect(409)).body as Problem
    expect(late.code).toBe('dues.already-paid')
  })
})
