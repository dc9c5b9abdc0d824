import { cp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { startWechatSandbox } from '../../../server/wechat-sandbox/sandbox.js'
import { MerchantClient } from './merchant-client.js'
import { decrypted } from './opened-notification.js'
import { CHEN, SandboxFixture } from './sandbox-fixture.js'

describe('a restart forgets nothing', () => {
  let fixture: SandboxFixture

  beforeEach(async () => {
    fixture = await SandboxFixture.start()
  })
  afterEach(() => fixture.stop())

  it('keeps the credentials, in a file a server can be configured from', async () => {
    const before = fixture.sandbox.credentials()
    await fixture.restart()
    expect(fixture.sandbox.credentials()).toEqual(before)
    const file = await readFile(join(fixture.directory, `merchant-${before.mchid}.json`), 'utf8')
    expect({ subMerchants: [], ...(JSON.parse(file) as object) }).toEqual(before)
    expect(before).toEqual({
      mode: 'direct',
      subMerchants: [],
      mchid: '1900000109',
      appid: expect.stringMatching(/^wx[0-9a-f]{16}$/),
      appSecret: expect.stringMatching(/^[0-9a-f]{32}$/),
      certificateSerial: expect.stringMatching(/^[0-9A-F]{40}$/),
      privateKeyPem: expect.stringContaining('BEGIN PRIVATE KEY'),
      apiV3Key: expect.stringMatching(/^\w{32}$/),
      verification: 'public-key',
      wechatPublicKeyId: expect.stringMatching(/^PUB_KEY_ID_\d{34}$/),
      wechatPublicKeyPem: expect.stringContaining('BEGIN PUBLIC KEY'),
      wechatPublicKeys: [{ id: before.wechatPublicKeyId, pem: before.wechatPublicKeyPem }],
    })
  })

  it('keeps its files to itself', async () => {
    const names = await readdir(fixture.directory)
    expect(names).toEqual(
      expect.arrayContaining(['state.json', 'wechat-key.pem', 'merchant-1900000109.json']),
    )
    for (const name of names) {
      const { mode } = await stat(join(fixture.directory, name))
      expect(`${name} ${(mode & 0o777).toString(8)}`).toBe(`${name} 600`)
    }
  })

  it('keeps orders, prepay ids and codes', async () => {
    const paid = await fixture.pay()
    await fixture.receiver.next()
    const open = fixture.orderBody()
    const prepayId = await fixture.merchant.prepay(open)
    const code = await fixture.sandbox.control.loginCode(CHEN)
    await fixture.restart()

    expect(await fixture.merchant.query(paid)).toMatchObject({ json: { trade_state: 'SUCCESS' } })
    expect(await fixture.sandbox.control.pay(CHEN, fixture.merchant.paymentParams(prepayId))).toEqual({
      errMsg: 'requestPayment:ok',
    })
    expect(decrypted(await fixture.receiver.next(), fixture.sandbox.credentials().apiV3Key)).toMatchObject({
      out_trade_no: open.out_trade_no,
    })
    const { appid, appSecret } = fixture.sandbox.credentials()
    const query = `appid=${appid}&secret=${appSecret}&js_code=${code}&grant_type=authorization_code`
    const session = await fetch(`${fixture.sandbox.baseUrl}/sns/jscode2session?${query}`)
    expect(await session.json()).toMatchObject({ openid: CHEN })
  })

  it('delivers afterwards what was not acknowledged before', async () => {
    await fixture.restart({ retryScale: 1 })
    fixture.receiver.answers = [500]
    const tradeNo = await fixture.pay()
    await fixture.receiver.next()
    // The next attempt is due in fifteen seconds; meanwhile the sandbox is switched off.
    await fixture.sandbox.stop()
    fixture.advanceMs += 60_000
    await fixture.restart({ retryScale: 1 })
    const notification = await fixture.receiver.next()
    expect(fixture.merchant.verifies(notification.headers, notification.raw)).toBe(true)
    expect(decrypted(notification, fixture.sandbox.credentials().apiV3Key)).toMatchObject({
      out_trade_no: tradeNo,
    })
  })

  it('has on disk whatever it has answered, so that even a killed process loses nothing', async () => {
    const afterTheKill = `${fixture.directory}-copy`
    const ordered = fixture.orderBody()
    const prepayId = await fixture.merchant.prepay(ordered)
    await cp(fixture.directory, afterTheKill, { recursive: true })
    const survivor = await startWechatSandbox({ stateDir: afterTheKill, now: fixture.now })
    const merchant = new MerchantClient(survivor.baseUrl, survivor.credentials(), fixture.now)
    try {
      expect(await merchant.query(ordered.out_trade_no)).toMatchObject({ json: { trade_state: 'NOTPAY' } })
      const { errMsg } = await survivor.control.pay(CHEN, merchant.paymentParams(prepayId))
      expect(errMsg).toBe('requestPayment:ok')
    } finally {
      await survivor.stop()
      await rm(afterTheKill, { recursive: true })
    }
  })

  it('adds a merchant without touching the others', async () => {
    const first = fixture.sandbox.credentials()
    await fixture.restart({ mchids: ['1900000110'] })
    expect(fixture.sandbox.credentials(first.mchid)).toEqual(first)
    const second = fixture.sandbox.credentials('1900000110')
    expect(second.certificateSerial).not.toBe(first.certificateSerial)
    expect(second.apiV3Key).not.toBe(first.apiV3Key)
    await expect(fixture.restart({ mchids: ['../evil'] })).rejects.toThrow('merchant number')
    await fixture.restart()
  })
})
