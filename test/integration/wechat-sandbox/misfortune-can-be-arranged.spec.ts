import { SandboxFixture } from './sandbox-fixture.js'

const ORDER_PATH = '/v3/pay/transactions/jsapi'

describe('misfortune can be arranged', () => {
  let fixture: SandboxFixture

  beforeAll(async () => {
    fixture = await SandboxFixture.start()
  })
  afterAll(() => fixture.stop())

  async function control(method: string, name: string, body?: unknown): Promise<Record<string, unknown>> {
    const url = `${fixture.sandbox.baseUrl}/_control/${name}`
    const response = await fetch(url, { method, body: body === undefined ? undefined : JSON.stringify(body) })
    expect(response.ok).toBe(true)
    return (await response.json()) as Record<string, unknown>
  }
  const plan = (fault: unknown) => control('POST', 'faults', fault)

  afterEach(() => control('DELETE', 'faults'))

  it('loses the answer to an order that was stored: asking again finds it', async () => {
    await plan({ kind: 'order-answer-lost' })
    const body = fixture.orderBody()
    await expect(fixture.merchant.order(body)).rejects.toThrow()
    expect(await fixture.merchant.query(body.out_trade_no)).toMatchObject({ json: { trade_state: 'NOTPAY' } })
    expect(await fixture.merchant.order(body)).toMatchObject({ status: 200 })
  })

  it.each(['tampered', 'unsigned', 'unknown-serial', 'signature-test'])(
    'gives one answer that must not be believed: %s',
    async (spoil) => {
      await plan({ kind: 'answer-spoiled', spoil })
      const bad = await fixture.merchant.order(fixture.orderBody())
      expect(bad.status).toBe(200)
      expect(fixture.merchant.verifies(bad.headers, bad.raw)).toBe(false)
      const good = await fixture.merchant.order(fixture.orderBody())
      expect(fixture.merchant.verifies(good.headers, good.raw)).toBe(true)
    },
  )

  it('tampers as often as it is told to', async () => {
    await plan({ kind: 'answer-spoiled', times: 2 })
    const verdicts = []
    for (let i = 0; i < 3; i += 1) {
      const { headers, raw } = await fixture.merchant.order(fixture.orderBody())
      verdicts.push(fixture.merchant.verifies(headers, raw))
    }
    expect(verdicts).toEqual([false, false, true])
  })

  it('is down until faults are cleared, while the controls still work', async () => {
    await plan({ kind: 'down' })
    await expect(fixture.merchant.order(fixture.orderBody())).rejects.toThrow()
    await expect(fetch(`${fixture.sandbox.baseUrl}/sns/jscode2session`)).rejects.toThrow()
    await control('DELETE', 'faults')
    expect(await fixture.merchant.order(fixture.orderBody())).toMatchObject({ status: 200 })
  })

  it('refuses once with a chosen status and code, on a chosen path only', async () => {
    await plan({ kind: 'pay-error', status: 429, code: 'FREQUENCY_LIMITED', path: ORDER_PATH })
    expect(await fixture.merchant.query('DUESNOSUCH')).toMatchObject({ status: 404 })
    const body = fixture.orderBody()
    const refused = await fixture.merchant.order(body)
    expect(refused).toMatchObject({ status: 429, json: { code: 'FREQUENCY_LIMITED' } })
    expect(fixture.merchant.verifies(refused.headers, refused.raw)).toBe(true)
    expect(await fixture.merchant.query(body.out_trade_no)).toMatchObject({ status: 404 })
    expect(await fixture.merchant.order(body)).toMatchObject({ status: 200 })
  })

  it('has had enough for now, and says for how long, as often as it is told to', async () => {
    const path = '/v3/pay/transactions/out-trade-no/*'
    const fault = {
      kind: 'pay-error',
      status: 429,
      code: 'FREQUENCY_LIMITED',
      path,
      retryAfterSeconds: 2,
      times: 2,
    }
    await plan(fault)
    const body = fixture.orderBody()
    expect(await fixture.merchant.order(body)).toMatchObject({ status: 200 })
    for (let i = 0; i < 2; i += 1) {
      const refused = await fixture.merchant.query(body.out_trade_no)
      expect(refused).toMatchObject({ status: 429, json: { message: '频率超限，请降低请求频率后重试' } })
      expect(refused.headers.get('retry-after')).toBe('2')
      expect(fixture.merchant.verifies(refused.headers, refused.raw)).toBe(true)
    }
    expect(await fixture.merchant.query(body.out_trade_no)).toMatchObject({ status: 200 })
  })

  it.each([500, 502, 503, 504])(
    'has a gateway that answers %i with a page, unsigned, and does nothing',
    async (status) => {
      await plan({ kind: 'gateway-error', status })
      const body = fixture.orderBody()
      const url = `${fixture.sandbox.baseUrl}${ORDER_PATH}`
      const page = await fetch(url, { method: 'POST', body: JSON.stringify(body) })
      expect(page.status).toBe(status)
      expect(page.headers.get('content-type')).toBe('text/html')
      expect(page.headers.get('wechatpay-signature')).toBeNull()
      expect(await page.text()).toMatch(/^<html>/)
      expect(await fixture.merchant.query(body.out_trade_no)).toMatchObject({ status: 404 })
    },
  )

  it('loses the answer to a close that was carried out', async () => {
    const body = fixture.orderBody()
    await fixture.merchant.prepay(body)
    await plan({ kind: 'answer-lost', path: `/v3/pay/transactions/out-trade-no/${body.out_trade_no}/close` })
    await expect(fixture.merchant.close(body.out_trade_no)).rejects.toThrow()
    expect(await fixture.merchant.query(body.out_trade_no)).toMatchObject({ json: { trade_state: 'CLOSED' } })
  })

  it('lets api.weixin.qq.com be busy', async () => {
    await plan({ kind: 'api-error', errcode: -1 })
    const url = `${fixture.sandbox.baseUrl}/sns/jscode2session`
    expect(await (await fetch(url)).json()).toMatchObject({ errcode: -1 })
    expect(await (await fetch(url)).json()).toMatchObject({ errcode: 40013 })
  })

  it('shows which requests came and how they were answered, without their secrets', async () => {
    const { appid, appSecret } = fixture.sandbox.credentials()
    await fetch(`${fixture.sandbox.baseUrl}/sns/jscode2session?appid=${appid}&secret=${appSecret}&js_code=x`)
    await fixture.merchant.query('DUESNOSUCH')
    await plan({ kind: 'down', times: 1 })
    await expect(fixture.merchant.query('DUESNOSUCH')).rejects.toThrow()
    const { requests } = await control('GET', 'requests?last=3')
    const path = '/v3/pay/transactions/out-trade-no/DUESNOSUCH'
    expect(requests).toEqual([
      { at: expect.any(Number), method: 'GET', path: '/sns/jscode2session', status: 200, code: '40002' },
      { at: expect.any(Number), method: 'GET', path, status: 404, code: 'ORDER_NOT_EXIST' },
      { at: expect.any(Number), method: 'GET', path, status: 'connection-lost' },
    ])
    expect(JSON.stringify(requests)).not.toContain(appSecret)
  })
})
