import type { Payment } from '../../../server/contracts/platform/payment.js'
import type { Problem } from '../../../server/contracts/platform/problem.js'
import { PaymentLine } from '../../../server/platform/payment/payment-line.entity.js'
import { PaymentOrder } from '../../../server/platform/payment/payment-order.entity.js'
import { MOST_ATTEMPTS, PATIENCE_MS } from '../../../server/platform/wechat/pay-retry.rules.js'
import type { Caller } from '../../support/world.js'
import { Cashier, newKey } from './cashier.js'

const ORDER_PATH = '/v3/pay/transactions/jsapi'

describe('Asking again opens no second order', () => {
  let cashier: Cashier
  let chen: Caller

  beforeAll(async () => {
    cashier = await Cashier.open()
    chen = await cashier.village.as('chen')
  })
  afterEach(async () => {
    cashier.wechat.clearFaults()
    const pending = await cashier.world.database.repository(PaymentOrder).findBy({ state: 'pending' })
    for (const { tradeNo } of pending) await chen.delete(`/payments/${tradeNo}`)
  })
  afterAll(() => cashier.close())

  const ordersFor = async (billId: string) => {
    const lines = await cashier.world.database.repository(PaymentLine).findBy({ subjectId: billId })
    return new Set(lines.map(({ orderId }) => orderId)).size
  }

  it('the same key and bills: the same order, however often', async () => {
    const key = newKey()
    const billIds = await cashier.owed(chen, 2)
    const first = await cashier.order(chen, billIds, key)
    const again = await cashier.order(chen, [...billIds].reverse(), key)
    expect(again).toMatchObject({ tradeNo: first.tradeNo, amountFen: first.amountFen, months: first.months })
    expect(await ordersFor(billIds[0] ?? '')).toBe(1)
  })

  it('the same key twice at the same moment: one order', async () => {
    const key = newKey()
    const billIds = await cashier.owed(chen)
    const before = await ordersFor(billIds[0] ?? '')
    const answers = await Promise.all([1, 2, 3].map(() => cashier.order(chen, billIds, key)))
    expect(new Set(answers.map(({ tradeNo }) => tradeNo)).size).toBe(1)
    expect(await ordersFor(billIds[0] ?? '')).toBe(before + 1)
  })

  it('the same key with other bills is refused, and the order stays as it was', async () => {
    const key = newKey()
    const billIds = await cashier.owed(chen, 2)
    const { tradeNo } = await cashier.order(chen, billIds.slice(0, 1), key)
    const refused = (await cashier.ask(chen, billIds, key).expect(409)).body as Problem
    expect(refused.code).toBe('request.key-reused')
    expect((await cashier.stored(tradeNo)).state).toBe('pending')
  })

  it('two of my phones at the same moment: one order; the other phone gets the same or is told', async () => {
    const phones = [chen, await cashier.village.as('chen')]
    const billIds = await cashier.owed(chen)
    const answers = await Promise.all(phones.map((phone) => cashier.ask(phone, billIds)))
    const opened = answers.filter(({ status }) => status === 201).map(({ body }) => body as Payment)
    const told = answers.filter(({ status }) => status !== 201).map(({ body }) => body as Problem)
    expect(new Set(opened.map(({ tradeNo }) => tradeNo)).size).toBe(1)
    expect(told.map(({ code, status }) => [code, status])).toEqual(
      told.map(() => ['payment.already-open', 409]),
    )
    const pending = await cashier.world.database.repository(PaymentOrder).findBy({ state: 'pending' })
    expect(pending).toHaveLength(1)
  })

  it('the answer was lost after the order was stored at WeChat: sent again at once, nobody notices', async () => {
    cashier.wechat.plan({ kind: 'order-answer-lost' })
    const order = await cashier.order(chen, await cashier.owed(chen))
    expect(cashier.wechat.order(order.tradeNo).state).toBe('NOTPAY')
    await cashier.payQuietly('chen', order)
    expect((await cashier.find(chen, order.tradeNo)).state).toBe('paid')
  })

  it('the answer was lost again and again: asked later, it is the same order', async () => {
    const key = newKey()
    const billIds = await cashier.owed(chen)
    cashier.wechat.plan({ kind: 'order-answer-lost' }, MOST_ATTEMPTS)
    const lost = (await cashier.ask(chen, billIds, key).expect(502)).body as Problem
    expect(lost).toMatchObject({
      code: 'wechat-pay.unreachable',
      message: expect.stringContaining('没有扣款'),
    })
    const stored = await cashier.world.database
      .repository(PaymentOrder)
      .findOneByOrFail({ idempotencyKey: key })
    expect(cashier.wechat.order(stored.tradeNo).state).toBe('NOTPAY')
    const order = await cashier.order(chen, billIds, key)
    expect(order.tradeNo).toBe(stored.tradeNo)
    await cashier.payQuietly('chen', order)
    expect((await cashier.find(chen, order.tradeNo)).state).toBe('paid')
  })

  it('WeChat is down: it is said in words, nothing is lost, and afterwards the order goes on', async () => {
    const key = newKey()
    const billIds = await cashier.owed(chen)
    cashier.wechat.plan({ kind: 'down' })
    const down = (await cashier.ask(chen, billIds, key).expect(502)).body as Problem
    expect(down.message).toBe('暂时连接不上微信支付，没有扣款。请稍后再试。')
    expect(await cashier.stateOf(chen, billIds[0] ?? '')).toBe('unpaid')
    const { tradeNo } = await cashier.world.database
      .repository(PaymentOrder)
      .findOneByOrFail({ idempotencyKey: key })
    expect((await cashier.bills(chen)).find(({ id }) => id === billIds[0])?.pendingTradeNo).toBe(tradeNo)
    cashier.wechat.clearFaults()
    // Also with a new key, as a phone does that was restarted meanwhile.
    expect((await cashier.order(chen, billIds)).tradeNo).toBe(tradeNo)
  })

  it.each([
    [429, 'FREQUENCY_LIMITED'],
    [500, 'SYSTEM_ERROR'],
  ])('WeChat answers %i %s once: after a moment the same is sent again', async (status, code) => {
    const before = cashier.pauses().length
    cashier.wechat.plan({ kind: 'pay-error', status, code, message: '稍后', path: ORDER_PATH })
    expect((await cashier.order(chen, await cashier.owed(chen))).request).not.toBeNull()
    expect(cashier.pauses().slice(before)).toHaveLength(1)
  })

  it.each([
    [429, 'FREQUENCY_LIMITED'],
    [500, 'SYSTEM_ERROR'],
  ])('WeChat answers nothing but %i %s: try again later, with the same order', async (status, code) => {
    const key = newKey()
    const billIds = await cashier.owed(chen)
    const before = cashier.pauses().length
    cashier.wechat.plan(
      { kind: 'pay-error', status, code, message: '稍后', path: ORDER_PATH },
      Number.POSITIVE_INFINITY,
    )
    await cashier.ask(chen, billIds, key).expect(502)
    const pauses = cashier.pauses().slice(before)
    expect(pauses).toHaveLength(MOST_ATTEMPTS - 1)
    expect(pauses.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(PATIENCE_MS)
    cashier.wechat.clearFaults()
    expect((await cashier.order(chen, billIds, key)).request).not.toBeNull()
  })

  it('WeChat refuses the order for good: it is closed and the bill is free again', async () => {
    const key = newKey()
    const billIds = await cashier.owed(chen)
    const fault = { kind: 'pay-error', status: 403, code: 'NO_AUTH', message: '无权限' } as const
    cashier.wechat.plan({ ...fault, path: ORDER_PATH })
    const refused = (await cashier.ask(chen, billIds, key).expect(409)).body as Problem
    expect(refused.code).toBe('payment.refused')
    expect((await cashier.order(chen, billIds)).state).toBe('pending')
  })

  it('two members cannot pay one another’s bills, and learn nothing of them', async () => {
    const wang = await cashier.village.as('wang')
    const [mine = ''] = await cashier.owed(chen)
    const [theirs = ''] = await cashier.owed(wang)
    const unknown = `${'0'.repeat(26)}202611`
    const withoutId = ({ requestId: _, ...problem }: Problem) => problem
    const answers = []
    for (const billIds of [[theirs], [mine, theirs], [unknown], [mine, unknown]]) {
      answers.push(withoutId((await cashier.ask(chen, billIds).expect(404)).body as Problem))
    }
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(await ordersFor(theirs)).toBe(0)
  })

  it('nor can they see or give up one another’s orders', async () => {
    const wang = await cashier.village.as('wang')
    const { tradeNo } = await cashier.order(chen, await cashier.owed(chen))
    await wang.get(`/payments/${tradeNo}`).expect(404)
    await wang.delete(`/payments/${tradeNo}`).expect(404)
    expect((await cashier.stored(tradeNo)).state).toBe('pending')
  })

  it.each([undefined, 'short', 'x'.repeat(65), 'with spaces in it', '带有汉字的编号一二三四'])(
    'the key %j is no key',
    async (key) => {
      const request = chen.post('/payments', { billIds: await cashier.owed(chen) })
      if (key !== undefined) void request.set('idempotency-key', encodeURI(key))
      const problem = (await request.expect(400)).body as Problem
      expect(problem).toMatchObject({ code: 'request.key', fields: [{ field: 'Idempotency-Key' }] })
    },
  )
})
