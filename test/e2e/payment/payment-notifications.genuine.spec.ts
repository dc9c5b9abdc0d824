import { generateKeyPairSync } from 'node:crypto'
import type { Payment } from '../../../server/contracts/platform/payment.js'
import { NOTIFICATION_SPOILS } from '../../../server/wechat-sandbox/pay/message-spoil.js'
import type { Caller } from '../../support/world.js'
import { Cashier } from './cashier.js'
import { NotificationWriter } from './notification-writer.js'

describe('Only WeChat’s own word counts', () => {
  let cashier: Cashier
  let writer: NotificationWriter
  let chen: Caller
  let billIds: string[]
  let order: Payment

  beforeAll(async () => {
    cashier = await Cashier.open()
    writer = new NotificationWriter(cashier)
    chen = await cashier.village.as('chen')
    billIds = await cashier.owed(chen)
    order = await cashier.order(chen, billIds)
  })
  // Minutes old or ahead is measured against the real time, which WeChat signs with.
  beforeEach(() => cashier.world.turnClockTo(new Date()))
  afterAll(() => cashier.close())

  const expectNothingChanged = async () => {
    expect(await cashier.stored(order.tradeNo)).toMatchObject({ state: 'pending', transactionId: null })
    expect(await cashier.stateOf(chen, billIds[0] ?? '')).toBe('unpaid')
    expect(await cashier.happened('dues.bill-paid', billIds[0] ?? '')).toBe(0)
    expect(await cashier.discrepancies(order.tradeNo)).toEqual([])
  }

  it('a notification signed with somebody else’s key is refused', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    expect(await writer.post(await writer.paid(order.tradeNo), { key: privateKey })).toBe(401)
    await expectNothingChanged()
  })

  it('a notification signed by WeChat but sealed with another merchant’s secret is refused', async () => {
    const apiV3Key = '0'.repeat(32)
    expect(await writer.post(await writer.paid(order.tradeNo), { apiV3Key })).toBe(401)
    await expectNothingChanged()
  })

  it.each([-301, 302])(
    'a genuine notification that is %i seconds from now is refused',
    async (skewSeconds) => {
      expect(await writer.post(await writer.paid(order.tradeNo), { skewSeconds })).toBe(401)
      await expectNothingChanged()
    },
  )

  it('a genuine notification sent to the address of a merchant we do not know is refused', async () => {
    expect(await writer.post(await writer.paid(order.tradeNo), { mchid: '1900009999' })).toBe(401)
    await expectNothingChanged()
  })

  it.each([
    ['nothing at all', '', {}],
    ['an empty object', '{}', {}],
    ['no JSON', 'paid!', {}],
    ['headers that are no headers', '{}', { 'wechatpay-timestamp': 'now', 'wechatpay-signature': '%' }],
    ['a list', '[]', { 'wechatpay-timestamp': '0' }],
  ])('%s is refused without being asked for its meaning', async (_, body, headers) => {
    expect([400, 401]).toContain(await writer.postRaw(body, headers))
    await expectNothingChanged()
  })

  it('what WeChat signed and does not mean is refused', async () => {
    const rewrite = () => '{"resource":{"ciphertext":"AAAA","nonce":"000000000000"}}'
    expect(await writer.post(await writer.paid(order.tradeNo), { rewrite })).toBe(401)
    expect(await writer.post(await writer.paid(order.tradeNo), { rewrite: () => '[]' })).toBe(401)
    await expectNothingChanged()
  })

  it('a genuine notification that the order was not paid changes nothing', async () => {
    for (const trade_state of ['NOTPAY', 'CLOSED', 'USERPAYING', 'PAYERROR']) {
      expect(await writer.post(await writer.paid(order.tradeNo, { trade_state }))).toBe(204)
    }
    await expectNothingChanged()
  })

  it('a genuine notification about an order that is not ours is acknowledged and changes nothing', async () => {
    const foreign = await writer.paid(order.tradeNo, { out_trade_no: 'D20261121000000000000' })
    expect(await writer.post(foreign)).toBe(204)
    await expectNothingChanged()
  })

  it('an answer that was tampered with on the way is not believed either', async () => {
    await cashier.payQuietly('chen', order)
    for (const spoil of ['tampered', 'unsigned', 'stale', 'unknown-serial'] as const) {
      cashier.wechat.plan({ kind: 'answer-spoiled', spoil })
      await chen.get(`/payments/${order.tradeNo}`)
      await expectNothingChanged()
    }
  })

  it('WeChat tests whether we verify its answers: that one is not believed, and the question is asked again', async () => {
    const other = await cashier.order(chen, await cashier.owed(chen))
    await cashier.payQuietly('chen', other)
    cashier.wechat.plan({ kind: 'answer-spoiled', spoil: 'signature-test' }, 2)
    expect((await cashier.find(chen, other.tradeNo)).state).toBe('pending')
    cashier.wechat.plan({ kind: 'answer-spoiled', spoil: 'signature-test' })
    expect((await cashier.find(chen, other.tradeNo)).state).toBe('paid')
  })

  it('WeChat tests whether we verify its notifications: refused, and nobody is alarmed; a forged one is counted', async () => {
    const before = await cashier.metric('zhibu_payment_notifications_refused_total')
    cashier.wechat.plan({ kind: 'notification-spoiled', spoil: 'signature-test' })
    expect(await cashier.notify(order.tradeNo)).toBe(401)
    expect(await cashier.metric('zhibu_payment_notifications_refused_total')).toBe(before)
    cashier.wechat.plan({ kind: 'notification-spoiled', spoil: 'tampered' })
    expect(await cashier.notify(order.tradeNo)).toBe(401)
    expect(await cashier.metric('zhibu_payment_notifications_refused_total')).toBe(before + 1)
    await expectNothingChanged()
  })

  it.each(NOTIFICATION_SPOILS)(
    'a notification that is %s is refused, though the order is really paid',
    async (spoil) => {
      cashier.wechat.plan({ kind: 'notification-spoiled', spoil })
      expect(await cashier.notify(order.tradeNo)).toBe(401)
      await expectNothingChanged()
    },
  )

  it('the signature covers the bytes: a notification written with other spaces and escapes is WeChat’s as well', async () => {
    const other = await cashier.order(chen, await cashier.owed(chen))
    const rewrite = (body: string) =>
      JSON.stringify(JSON.parse(body), null, 3).replace('支付成功', '\\u652f\\u4ed8\\u6210\\u529f')
    expect(await writer.post(await writer.paid(other.tradeNo), { rewrite })).toBe(204)
    expect((await cashier.stored(other.tradeNo)).state).toBe('paid')
  })

  it('after all the forgeries the genuine notification settles it', async () => {
    expect(await cashier.notify(order.tradeNo)).toBe(204)
    expect((await cashier.stored(order.tradeNo)).state).toBe('paid')
    expect(await cashier.stateOf(chen, billIds[0] ?? '')).toBe('paid')
  })
})
