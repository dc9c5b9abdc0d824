import type { Payment } from '../../../server/contracts/platform/payment.js'
import { PaymentJobs } from '../../../server/platform/payment/payment.jobs.js'
import { OPENIDS } from '../../support/village.js'
import type { Caller } from '../../support/world.js'
import { Cashier, paramsOf } from './cashier.js'
import { NotificationWriter } from './notification-writer.js'

const TWO_HOURS = 2 * 3600

describe('An order that is not paid makes room for another', () => {
  let cashier: Cashier
  let chen: Caller

  beforeAll(async () => {
    cashier = await Cashier.open()
    chen = await cashier.village.as('chen')
  })
  afterAll(() => cashier.close())

  const giveUp = async (caller: Caller, tradeNo: string) =>
    (await caller.delete(`/payments/${tradeNo}`).expect(200)).body as Payment
  const pendingOf = async (caller: Caller, billId: string) =>
    (await cashier.bills(caller)).find(({ id }) => id === billId)?.pendingTradeNo

  it('while it is pending, the bill says so', async () => {
    const [billId = ''] = await cashier.owed(chen)
    const { tradeNo } = await cashier.order(chen, [billId])
    expect(await pendingOf(chen, billId)).toBe(tradeNo)
    await giveUp(chen, tradeNo)
    expect(await pendingOf(chen, billId)).toBeNull()
  })

  it('given up, it is closed at WeChat too, and the bill can be paid by a new one', async () => {
    const billIds = await cashier.owed(chen)
    const first = await cashier.order(chen, billIds)
    expect(await giveUp(chen, first.tradeNo)).toMatchObject({ state: 'closed', request: null })
    expect(cashier.wechat.order(first.tradeNo).state).toBe('CLOSED')
    const refused = await cashier.wechat.pay(OPENIDS.chen, paramsOf(first.request))
    expect(refused.errMsg).toBe('requestPayment:fail 订单已关闭')
    const second = await cashier.order(chen, billIds)
    expect(second.tradeNo).not.toBe(first.tradeNo)
    await cashier.payQuietly('chen', second)
    expect((await cashier.find(chen, second.tradeNo)).state).toBe('paid')
    expect((await cashier.find(chen, first.tradeNo)).state).toBe('closed')
  })

  it('given up twice, it stays closed; nobody else can give it up', async () => {
    const { tradeNo } = await cashier.order(chen, await cashier.owed(chen))
    await (await cashier.village.as('wang')).delete(`/payments/${tradeNo}`).expect(404)
    expect((await cashier.stored(tradeNo)).state).toBe('pending')
    expect((await giveUp(chen, tradeNo)).state).toBe('closed')
    expect((await giveUp(chen, tradeNo)).state).toBe('closed')
    expect(await cashier.happened('payment.closed', (await cashier.stored(tradeNo)).id)).toBe(1)
  })

  it('given up although it was paid a moment ago, it is paid', async () => {
    const billIds = await cashier.owed(chen)
    const order = await cashier.order(chen, billIds)
    await cashier.payQuietly('chen', order)
    expect((await giveUp(chen, order.tradeNo)).state).toBe('paid')
    expect(await cashier.stateOf(chen, billIds[0] ?? '')).toBe('paid')
  })

  it('the sheet was cancelled and other months were chosen: the old order is closed, the new one holds', async () => {
    const billIds = await cashier.owed(chen, 2)
    const first = await cashier.order(chen, billIds.slice(0, 1))
    expect(cashier.wechat.cancelPayment().errMsg).toBe('requestPayment:fail cancel')
    const second = await cashier.order(chen, billIds)
    expect(second).toMatchObject({ state: 'pending', amountFen: 2 * first.amountFen })
    expect(await cashier.find(chen, first.tradeNo)).toMatchObject({ state: 'closed' })
    expect(cashier.wechat.order(first.tradeNo).state).toBe('CLOSED')
    await giveUp(chen, second.tradeNo)
  })

  it('the sheet was cancelled and the same months are chosen again: it is the same order', async () => {
    const billIds = await cashier.owed(chen, 2)
    const first = await cashier.order(chen, billIds)
    const again = await cashier.order(chen, [...billIds].reverse())
    expect(again.tradeNo).toBe(first.tradeNo)
    await giveUp(chen, first.tradeNo)
  })

  it('nobody paid for two hours: the clock closes it, here and there, and the bill can be paid', async () => {
    const wang = await cashier.village.as('wang')
    const billIds = await cashier.owed(wang)
    const order = await cashier.order(wang, billIds)
    cashier.passSeconds(TWO_HOURS - 1)
    await cashier.world.app.get(PaymentJobs).askPending()
    expect((await cashier.stored(order.tradeNo)).state).toBe('pending')
    cashier.passSeconds(1)
    expect((await cashier.stored(order.tradeNo)).expiresAt).toEqual(cashier.now())
    await cashier.world.app.get(PaymentJobs).askPending()
    expect((await cashier.stored(order.tradeNo)).state).toBe('closed')
    expect(cashier.wechat.order(order.tradeNo).state).toBe('CLOSED')
    expect((await cashier.order(wang, billIds)).tradeNo).not.toBe(order.tradeNo)
  })

  it('it was paid at the last moment before it expired: the clock settles it instead of closing it', async () => {
    const lyu = await cashier.village.as('lyu')
    const billIds = await cashier.owed(lyu)
    const order = await cashier.order(lyu, billIds)
    await cashier.payQuietly('lyu', order)
    cashier.passSeconds(TWO_HOURS + 60)
    await cashier.world.app.get(PaymentJobs).askPending()
    expect((await cashier.stored(order.tradeNo)).state).toBe('paid')
    expect(await cashier.stateOf(lyu, billIds[0] ?? '')).toBe('paid')
  })

  it('money that arrives although it was closed is never booked silently: a person has to look', async () => {
    const zhao = await cashier.village.as('zhao')
    const billIds = await cashier.owed(zhao)
    const order = await cashier.order(zhao, billIds)
    await giveUp(zhao, order.tradeNo)
    const writer = new NotificationWriter(cashier)
    expect(await writer.post(await writer.paid(order.tradeNo))).toBe(204)
    expect(await cashier.discrepancies(order.tradeNo)).toEqual(['paid-after-close'])
    expect((await cashier.stored(order.tradeNo)).state).toBe('closed')
    expect(await cashier.stateOf(zhao, billIds[0] ?? '')).toBe('unpaid')
  })
})
