import { CHEN, LIU, SandboxFixture } from './sandbox-fixture.js'

describe('only the payer of a properly signed order can pay', () => {
  let fixture: SandboxFixture

  beforeAll(async () => {
    fixture = await SandboxFixture.start()
  })
  afterAll(() => fixture.stop())

  async function newSheet() {
    const body = fixture.orderBody()
    return {
      tradeNo: body.out_trade_no,
      params: fixture.merchant.paymentParams(await fixture.merchant.prepay(body)),
    }
  }

  const post = async (name: string, body: unknown) => {
    const url = `${fixture.sandbox.baseUrl}/_control/${name}`
    const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) })
    return { status: response.status, json: (await response.json()) as Record<string, unknown> }
  }

  it('shows the payer what is to be paid', async () => {
    const { params } = await newSheet()
    const shown = await post('payment-sheet', { openid: CHEN, params })
    expect(shown).toEqual({ status: 200, json: { description: '2025年6月党费', amountFen: 1250 } })
  })

  it('pays once, over HTTP as in process', async () => {
    const { tradeNo, params } = await newSheet()
    expect(await post('payments', { openid: CHEN, params })).toEqual({
      status: 200,
      json: { errMsg: 'requestPayment:ok' },
    })
    await fixture.receiver.next()
    expect((await fixture.sandbox.control.pay(CHEN, params)).errMsg).toMatch(/^requestPayment:fail .*已支付/)
    expect(fixture.receiver.unread).toBe(0)
    expect(fixture.sandbox.control.order(tradeNo)).toMatchObject({
      state: 'SUCCESS',
      amountFen: 1250,
      openid: CHEN,
    })
  })

  it('leaves the order unpaid when the payer cancels', async () => {
    const { tradeNo, params } = await newSheet()
    const cancelled = await post('payments', { openid: CHEN, params, cancel: true })
    expect(cancelled.json).toEqual({ errMsg: 'requestPayment:fail cancel' })
    expect(fixture.sandbox.control.order(tradeNo).state).toBe('NOTPAY')
  })

  it('refuses somebody else', async () => {
    const { tradeNo, params } = await newSheet()
    expect(await post('payment-sheet', { openid: LIU, params })).toMatchObject({ status: 409 })
    expect((await fixture.sandbox.control.pay(LIU, params)).errMsg).toContain('下单账号与支付账号不一致')
    expect(fixture.sandbox.control.order(tradeNo).state).toBe('NOTPAY')
  })

  it.each([
    ['another time', { timeStamp: '1' }],
    ['another nonce', { nonceStr: 'other' }],
    ['MD5', { signType: 'MD5' }],
    ['no signature', { paySign: 'AAAA' }],
  ])('refuses a signature that does not cover the call: %s', async (_what, change) => {
    const { params } = await newSheet()
    const { errMsg } = await fixture.sandbox.control.pay(CHEN, { ...params, ...change })
    expect(errMsg).toBe('requestPayment:fail 支付验证签名失败')
  })

  it('refuses the signature of one order for another, and for another mini-program', async () => {
    const [one, two] = [await newSheet(), await newSheet()]
    const swapped = { ...one.params, package: two.params.package }
    expect((await fixture.sandbox.control.pay(CHEN, swapped)).errMsg).toContain('签名')
    const prepayId = one.params.package.slice('prepay_id='.length)
    const foreign = fixture.merchant.paymentParams(prepayId, 'wx0000000000000000')
    expect((await fixture.sandbox.control.pay(CHEN, foreign)).errMsg).toContain('签名')
  })

  it('refuses a prepay id it never gave', async () => {
    const { errMsg } = await fixture.sandbox.control.pay(CHEN, fixture.merchant.paymentParams('wx2025'))
    expect(errMsg).toMatch(/^requestPayment:fail /)
  })

  it.each<[number, string, unknown]>([
    [400, 'payments', { openid: CHEN }],
    [400, 'payments', { openid: CHEN, params: { timeStamp: 1 } }],
    [404, 'login-codes', { openid: 'oNobody' }],
    [400, 'login-codes', {}],
    [400, 'phone-codes', { openid: LIU }],
    [400, 'people', []],
    [400, 'faults', { kind: 'earthquake' }],
    [400, 'faults', { kind: 'pay-error', status: 200, code: 'X' }],
    [400, 'faults', { kind: 'down', times: 0 }],
    [400, 'faults', { kind: 'delay', ms: 60_001 }],
    [400, 'faults', { kind: 'gateway-error', status: 429 }],
    [400, 'faults', { kind: 'notification-early', during: 'lunch' }],
    [400, 'merchants', { mchid: '1900000109', subMerchants: ['1900000110'] }],
    [404, 'notifications', { tradeNo: 'DUESNOSUCH' }],
    [404, 'weather', {}],
  ])('answers %i to a control call that makes no sense: %s %j', async (status, name, body) => {
    const answer = await post(name, body)
    expect(answer).toEqual({ status, json: { error: expect.any(String) } })
  })
})
