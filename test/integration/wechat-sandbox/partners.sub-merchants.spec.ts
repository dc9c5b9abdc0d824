import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DEFAULT_MCHID } from '../../../server/wechat-sandbox/sandbox.js'
import { beijingTime } from '../../../server/wechat-sandbox/state/clock.js'
import { MerchantClient } from './merchant-client.js'
import { decrypted } from './opened-notification.js'
import { CHEN, SandboxFixture } from './sandbox-fixture.js'

const PARTNER = '1900000200'
const HUAI_SHU = '1900000201'
const SHI_QIAO = '1900000202'
const SHI_QIAO_APPID = 'wx00000000shiqiao'
const ROUTE = '/v3/pay/partner/transactions'
const DAYS = 86_400_000

describe('a partner collects for its sub-merchants', () => {
  let fixture: SandboxFixture
  let partner: MerchantClient

  beforeAll(async () => {
    fixture = await SandboxFixture.start()
    const subMerchants = [{ mchid: HUAI_SHU }, { mchid: SHI_QIAO, appid: SHI_QIAO_APPID }]
    await fixture.control('POST', 'merchants', { mchid: PARTNER, subMerchants })
    partner = new MerchantClient(fixture.sandbox.baseUrl, fixture.sandbox.credentials(PARTNER), fixture.now)
  })
  afterAll(() => fixture.stop())

  const orderBody = (changes: Record<string, unknown> = {}) => {
    const { appid, mchid, payer, ...rest } = fixture.orderBody()
    expect(mchid).toBe(DEFAULT_MCHID)
    return {
      ...rest,
      sp_appid: appid,
      sp_mchid: PARTNER,
      sub_mchid: HUAI_SHU,
      payer: { sp_openid: payer.openid },
      ...changes,
    }
  }
  const order = (body: object) => partner.send('POST', `${ROUTE}/jsapi`, body)
  const query = (tradeNo: string, subMchid = HUAI_SHU) =>
    partner.send('GET', `${ROUTE}/out-trade-no/${tradeNo}?sp_mchid=${PARTNER}&sub_mchid=${subMchid}`)
  const pay = async (answer: Awaited<ReturnType<typeof order>>, appid?: string): Promise<string> => {
    const params = partner.paymentParams(String(answer.json['prepay_id']), appid)
    return (await fixture.sandbox.control.pay(CHEN, params)).errMsg
  }

  it('has a credentials file that says so', async () => {
    const text = await readFile(join(fixture.directory, `merchant-${PARTNER}.json`), 'utf8')
    expect(JSON.parse(text)).toMatchObject({
      mode: 'partner',
      mchid: PARTNER,
      subMerchants: [{ mchid: HUAI_SHU }, { mchid: SHI_QIAO, appid: SHI_QIAO_APPID }],
      verification: 'public-key',
    })
  })

  it('orders, is paid, is notified and finds the transaction by both numbers', async () => {
    const body = orderBody()
    const ordered = await order(body)
    expect(await pay(ordered)).toBe('requestPayment:ok')
    const notification = await fixture.receiver.next()
    expect(partner.verifies(notification.headers, notification.raw)).toBe(true)
    const told = decrypted(notification, partner.credentials.apiV3Key)
    expect(told).toMatchObject({
      sp_mchid: PARTNER,
      sp_appid: partner.credentials.appid,
      sub_mchid: HUAI_SHU,
      out_trade_no: body.out_trade_no,
      trade_state: 'SUCCESS',
      payer: { sp_openid: CHEN },
    })
    expect(told).not.toHaveProperty('mchid')
    const found = await query(body.out_trade_no)
    expect(found.json).toEqual(told)
    const id = String(found.json['transaction_id'])
    const again = await partner.send('GET', `${ROUTE}/id/${id}?sp_mchid=${PARTNER}&sub_mchid=${HUAI_SHU}`)
    expect(again.json).toEqual(told)
    expect(await order(body)).toMatchObject({ status: 400, json: { code: 'ORDERPAID' } })
  })

  it('orders for the sub-merchant’s own mini-program, whose signature opens the sheet', async () => {
    const body = orderBody({ sub_mchid: SHI_QIAO, sub_appid: SHI_QIAO_APPID, payer: { sub_openid: CHEN } })
    const ordered = await order(body)
    expect(await pay(ordered, 'wx0000000000000000')).toContain('签名')
    expect(await pay(ordered, SHI_QIAO_APPID)).toBe('requestPayment:ok')
    const told = decrypted(await fixture.receiver.next(), partner.credentials.apiV3Key)
    expect(told).toMatchObject({
      sub_mchid: SHI_QIAO,
      sub_appid: SHI_QIAO_APPID,
      payer: { sub_openid: CHEN },
    })
  })

  it('closes an order, of the right sub-merchant only', async () => {
    const body = orderBody()
    await order(body)
    expect(await query(body.out_trade_no, SHI_QIAO)).toMatchObject({ status: 404 })
    const close = { sp_mchid: PARTNER, sub_mchid: HUAI_SHU }
    const closed = await partner.send('POST', `${ROUTE}/out-trade-no/${body.out_trade_no}/close`, close)
    expect(closed.status).toBe(204)
    expect(await query(body.out_trade_no)).toMatchObject({ json: { trade_state: 'CLOSED' } })
  })

  it('may use one trade number for each sub-merchant', async () => {
    const body = orderBody()
    const other = { ...body, sub_mchid: SHI_QIAO, amount: { total: 1, currency: 'CNY' } }
    expect(await order(body)).toMatchObject({ status: 200 })
    expect(await order(other)).toMatchObject({ status: 200 })
    expect(await order({ ...body, attach: 'x' })).toMatchObject({ json: { code: 'INVALID_REQUEST' } })
  })

  it('keeps an order open for fifteen days at most', async () => {
    const ordered = orderBody({ time_expire: beijingTime(fixture.now() + 90 * DAYS) })
    await order(ordered)
    fixture.advanceMs += 15 * DAYS
    expect(await order(ordered)).toMatchObject({ status: 400, json: { code: 'INVALID_REQUEST' } })
  })

  it.each<[string, number, string, Record<string, unknown>]>([
    ['a sub-merchant that is not its own', 403, 'NO_AUTH', { sub_mchid: '1900000999' }],
    ['no sub-merchant', 400, 'PARAM_ERROR', { sub_mchid: undefined }],
    ['another partner', 403, 'NO_AUTH', { sp_mchid: DEFAULT_MCHID }],
    ['a mini-program that is not the sub-merchant’s', 400, 'APPID_MCHID_NOT_MATCH', { sub_appid: 'wx1' }],
    ['a sub_openid without a sub_appid', 400, 'PARAM_ERROR', { payer: { sub_openid: CHEN } }],
    ['no payer', 400, 'PARAM_ERROR', { payer: {} }],
  ])('is refused %s', async (_what, status, code, changes) => {
    expect(await order(orderBody(changes))).toMatchObject({ status, json: { code } })
  })

  it('does not collect for itself, and a merchant is no partner', async () => {
    const direct = { ...fixture.orderBody(), mchid: PARTNER }
    expect(await partner.order(direct)).toMatchObject({ status: 403, json: { code: 'NO_AUTH' } })
    const asPartner = orderBody({ sp_mchid: DEFAULT_MCHID })
    const answer = await fixture.merchant.send('POST', `${ROUTE}/jsapi`, asPartner)
    expect(answer).toMatchObject({ status: 403, json: { code: 'NO_AUTH' } })
  })

  it('is a partner after a restart too', async () => {
    const body = orderBody()
    await order(body)
    await fixture.restart()
    partner = new MerchantClient(fixture.sandbox.baseUrl, fixture.sandbox.credentials(PARTNER), fixture.now)
    expect(await query(body.out_trade_no)).toMatchObject({ json: { trade_state: 'NOTPAY' } })
  })
})
