import { beijingTime } from '../../../server/wechat-sandbox/state/clock.js'
import { CHEN, SandboxFixture } from './sandbox-fixture.js'

const HOURS = 3_600_000
const DAYS = 24 * HOURS

describe('an order may be repeated but not changed', () => {
  let fixture: SandboxFixture

  beforeAll(async () => {
    fixture = await SandboxFixture.start()
  })
  afterAll(() => fixture.stop())

  it('gives another prepay id for the same parameters in any order', async () => {
    const body = fixture.orderBody()
    const first = await fixture.merchant.prepay(body)
    const { payer, ...rest } = body
    const second = await fixture.merchant.prepay({ payer, ...rest })
    expect(first).toMatch(/^wx\d{14}[0-9a-f]{18}$/)
    expect(second).toMatch(/^wx/)
    expect(await fixture.sandbox.control.pay(CHEN, fixture.merchant.paymentParams(second))).toEqual({
      errMsg: 'requestPayment:ok',
    })
    await fixture.receiver.next()
  })

  it.each([
    ['amount', { amount: { total: 1, currency: 'CNY' } }],
    ['description', { description: '七月' }],
    ['time_expire', { time_expire: '2099-01-01T00:00:00+08:00' }],
    ['attach', { attach: 'x' }],
  ])('refuses the same number with another %s', async (_field, change) => {
    const body = fixture.orderBody()
    await fixture.merchant.prepay(body)
    expect(await fixture.merchant.order({ ...body, ...change })).toMatchObject({
      status: 400,
      json: { code: 'INVALID_REQUEST' },
    })
  })

  it('refuses to order what is paid, and to close it', async () => {
    const body = fixture.orderBody()
    await fixture.pay(body)
    await fixture.receiver.next()
    expect(await fixture.merchant.order(body)).toMatchObject({ status: 400, json: { code: 'ORDERPAID' } })
    expect(await fixture.merchant.close(body.out_trade_no)).toMatchObject({ json: { code: 'ORDERPAID' } })
  })

  it('closes with a signed 204, after which the number cannot be ordered or paid', async () => {
    const body = fixture.orderBody()
    const prepayId = await fixture.merchant.prepay(body)
    const closed = await fixture.merchant.close(body.out_trade_no)
    expect(closed.status).toBe(204)
    expect(closed.raw).toHaveLength(0)
    expect(fixture.merchant.verifies(closed.headers, '')).toBe(true)
    expect(await fixture.merchant.order(body)).toMatchObject({ status: 400, json: { code: 'ORDER_CLOSED' } })
    expect(await fixture.merchant.query(body.out_trade_no)).toMatchObject({ json: { trade_state: 'CLOSED' } })
    const { errMsg } = await fixture.sandbox.control.pay(CHEN, fixture.merchant.paymentParams(prepayId))
    expect(errMsg).toMatch(/^requestPayment:fail /)
  })

  it('burns a number that is closed before it is ordered', async () => {
    const body = fixture.orderBody()
    expect(await fixture.merchant.close(body.out_trade_no)).toMatchObject({ status: 204 })
    expect(await fixture.merchant.query(body.out_trade_no)).toMatchObject({ status: 404 })
    expect(await fixture.merchant.order(body)).toMatchObject({ status: 400, json: { code: 'ORDER_CLOSED' } })
  })

  it('shows an unpaid order without a transaction, attach or payer', async () => {
    const body = fixture.orderBody({ attach: 'branch-3' })
    await fixture.merchant.prepay(body)
    const { json } = await fixture.merchant.query(body.out_trade_no)
    expect(json).toMatchObject({
      trade_state: 'NOTPAY',
      attach: '',
      amount: { total: 1250, currency: 'CNY' },
    })
    expect(json).not.toHaveProperty('transaction_id')
  })

  it.each<[string, string, Record<string, unknown>]>([
    ['a description of 128 characters', '/body/description', { description: '党'.repeat(128) }],
    ['no description', '/body/description', { description: '' }],
    ['a short trade number', '/body/out_trade_no', { out_trade_no: '12345' }],
    ['a trade number with a space', '/body/out_trade_no', { out_trade_no: 'DUES 0001' }],
    ['a trade number of 33 characters', '/body/out_trade_no', { out_trade_no: 'D'.repeat(33) }],
    ['an amount of nothing', '/body/amount/total', { amount: { total: 0 } }],
    ['half a fen', '/body/amount/total', { amount: { total: 0.5 } }],
    ['an amount as text', '/body/amount/total', { amount: { total: '100' } }],
    ['another currency', '/body/amount/currency', { amount: { total: 1, currency: 'USD' } }],
    ['plain http to another machine', '/body/notify_url', { notify_url: 'http://example.com/notifications' }],
    [
      'a notify_url with a query',
      '/body/notify_url',
      { notify_url: 'https://example.com/notifications?a=1' },
    ],
    ['no notify_url', '/body/notify_url', { notify_url: undefined }],
    ['an attach of 129 characters', '/body/attach', { attach: 'x'.repeat(129) }],
    ['a time_expire without a zone', '/body/time_expire', { time_expire: '2099-01-01T00:00:00' }],
    ['no payer', '/body/payer/openid', { payer: {} }],
  ])('refuses %s, naming the field', async (_what, field, change) => {
    const body = { ...fixture.orderBody(), ...change }
    const answer = await fixture.merchant.send('POST', '/v3/pay/transactions/jsapi', body)
    expect(answer).toMatchObject({ status: 400, json: { code: 'PARAM_ERROR', detail: { field } } })
    expect(fixture.merchant.verifies(answer.headers, answer.raw)).toBe(true)
  })

  it.each([
    ['APPID_MCHID_NOT_MATCH', { appid: 'wx0000000000000000' }],
    ['MCH_NOT_EXISTS', { mchid: '1999999999' }],
    ['PARAM_ERROR', { payer: { openid: 'oNobody' } }],
  ])('answers %s for parties that do not fit', async (code, change) => {
    const answer = await fixture.merchant.order(fixture.orderBody(change))
    expect(answer).toMatchObject({ status: 400, json: { code } })
  })

  it('needs the mchid in a query', async () => {
    const answer = await fixture.merchant.send('GET', '/v3/pay/transactions/out-trade-no/DUES00000001')
    expect(answer).toMatchObject({ status: 400, json: { code: 'PARAM_ERROR' } })
  })

  describe('time_expire', () => {
    const payAfter = async (waitMs: number, lifetimeMs: number | undefined): Promise<string> => {
      const expiry = lifetimeMs === undefined ? undefined : beijingTime(fixture.now() + lifetimeMs)
      const body = fixture.orderBody({ time_expire: expiry })
      const prepayId = await fixture.merchant.prepay(body)
      fixture.advanceMs += waitMs
      const { errMsg } = await fixture.sandbox.control.pay(CHEN, fixture.merchant.paymentParams(prepayId))
      const { json } = await fixture.merchant.query(body.out_trade_no)
      return `${errMsg} ${String(json['trade_state'])}`
    }

    it('ends an order without closing it', async () => {
      expect(await payAfter(11 * 60_000, 10 * 60_000)).toBe('requestPayment:fail 订单已过期 NOTPAY')
    })

    it('is raised to one minute when it lies in the past', async () => {
      expect(await payAfter(50_000, -DAYS)).toBe('requestPayment:ok SUCCESS')
      await fixture.receiver.next()
      expect(await payAfter(61_000, -DAYS)).toBe('requestPayment:fail 订单已过期 NOTPAY')
    })

    it('is seven days when absent, but a prepay id lives two hours', async () => {
      expect(await payAfter(2 * HOURS, undefined)).toBe('requestPayment:fail prepay_id已过期 NOTPAY')
      expect(await payAfter(7 * DAYS, undefined)).toBe('requestPayment:fail 订单已过期 NOTPAY')
    })

    it('is cut to ninety days', async () => {
      expect(await payAfter(90 * DAYS, 400 * DAYS)).toBe('requestPayment:fail 订单已过期 NOTPAY')
    })
  })
})
