import { DEFAULT_MCHID } from '../../../server/wechat-sandbox/sandbox.js'
import { MerchantClient } from './merchant-client.js'
import { SandboxFixture } from './sandbox-fixture.js'

const OTHER_MCHID = '1900000110'

describe('a request must be signed by its merchant', () => {
  let fixture: SandboxFixture

  beforeAll(async () => {
    fixture = await SandboxFixture.start({ mchids: [DEFAULT_MCHID, OTHER_MCHID] })
  })
  afterAll(() => fixture.stop())

  const send = (departure: object) =>
    fixture.merchant.send('POST', '/v3/pay/transactions/jsapi', fixture.orderBody(), departure)

  const unixSeconds = (): number => Math.floor(fixture.now() / 1000)

  it.each<[string, () => object]>([
    ['a body changed after signing', () => ({ sentBody: JSON.stringify(fixture.orderBody()) })],
    ['a serial that is not the certificate’s', () => ({ serial: 'A'.repeat(40) })],
    ['an unknown merchant', () => ({ mchid: '1999999999' })],
    ['another merchant’s number', () => ({ mchid: OTHER_MCHID })],
    ['a timestamp too old', () => ({ timestamp: unixSeconds() - 301 })],
    ['a timestamp too far ahead', () => ({ timestamp: unixSeconds() + 302 })],
    ['a timestamp that is no number', () => ({ timestamp: Number.NaN })],
    ['no Authorization', () => ({ headers: { Authorization: '' } })],
    ['another scheme', () => ({ headers: { Authorization: 'Bearer token' } })],
    [
      'a field missing',
      () => ({ headers: { Authorization: 'WECHATPAY2-SHA256-RSA2048 mchid="1900000109"' } }),
    ],
  ])('refuses %s with an unsigned 401 SIGN_ERROR', async (_what, departure) => {
    const { status, json, headers } = await send(departure())
    expect({ status, code: json['code'] }).toEqual({ status: 401, code: 'SIGN_ERROR' })
    expect(headers.get('wechatpay-signature')).toBeNull()
  })

  it('tolerates a clock four minutes off', async () => {
    expect(await send({ timestamp: unixSeconds() - 240 })).toMatchObject({ status: 200 })
  })

  it('signs the query string too', async () => {
    const { status } = await fixture.merchant.send(
      'GET',
      '/v3/certificates?x=%7B%7D&y=中'.replace('中', '%E4%B8%AD'),
    )
    expect(status).toBe(404)
  })

  it('insists on Accept', async () => {
    const { status, json } = await send({ headers: { Accept: 'text/html' } })
    expect({ status, code: json['code'] }).toEqual({ status: 400, code: 'PARAM_ERROR' })
  })

  it('keeps merchants apart: one cannot order for the other or see its orders', async () => {
    const other = new MerchantClient(
      fixture.sandbox.baseUrl,
      fixture.sandbox.credentials(OTHER_MCHID),
      fixture.now,
    )
    const body = fixture.orderBody()
    expect(await other.order(body)).toMatchObject({ status: 403, json: { code: 'NO_AUTH' } })
    await fixture.merchant.prepay(body)
    expect(await other.query(body.out_trade_no)).toMatchObject({
      status: 404,
      json: { code: 'ORDER_NOT_EXIST' },
    })
    expect(await other.order({ ...body, mchid: OTHER_MCHID })).toMatchObject({ status: 200 })
  })

  it('has no platform certificate for a merchant in public-key mode', async () => {
    const answer = await fixture.merchant.send('GET', '/v3/certificates')
    expect(answer).toMatchObject({ status: 404, json: { code: 'RESOURCE_NOT_EXISTS' } })
    expect(answer.json['message']).toContain('无可用的平台证书')
    expect(fixture.merchant.verifies(answer.headers, answer.raw)).toBe(true)
  })

  it('answers an unknown path with a signed 404', async () => {
    const answer = await fixture.merchant.send('GET', '/v3/nowhere')
    expect(answer.status).toBe(404)
    expect(fixture.merchant.verifies(answer.headers, answer.raw)).toBe(true)
  })
})
