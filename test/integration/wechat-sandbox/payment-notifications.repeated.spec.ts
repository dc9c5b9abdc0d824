import { RETRY_SCHEDULE_SECONDS } from '../../../server/wechat-sandbox/pay/notifier.js'
import { decrypted, parsed } from './opened-notification.js'
import { CHEN, SandboxFixture } from './sandbox-fixture.js'

describe('a notification is repeated until it is acknowledged', () => {
  let fixture: SandboxFixture

  beforeAll(async () => {
    fixture = await SandboxFixture.start()
  })
  afterAll(() => fixture.stop())
  afterEach(() => fixture.sandbox.control.clearFaults())

  const key = (): string => fixture.sandbox.credentials().apiV3Key

  /** Resolves once the sandbox has noted what became of the order's notification. */
  async function settled(tradeNo: string, state: string): Promise<void> {
    const deadline = Date.now() + 5_000
    const look = (): string | undefined => fixture.sandbox.control.order(tradeNo).notifications[0]?.state
    while (look() !== state) {
      if (Date.now() > deadline) throw new Error(`the notification is ${look() ?? 'missing'}, not ${state}`)
      await new Promise((resolve) => setImmediate(resolve))
    }
  }

  it('tells the receiver everything about the payment, encrypted and signed', async () => {
    const tradeNo = await fixture.pay({ attach: 'branch-3' })
    const notification = await fixture.receiver.next()
    expect(fixture.merchant.verifies(notification.headers, notification.raw)).toBe(true)
    expect(parsed(notification)).toMatchObject({
      id: expect.stringMatching(/^EV-.{1,33}$/),
      create_time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/),
      event_type: 'TRANSACTION.SUCCESS',
      resource_type: 'encrypt-resource',
      resource: { algorithm: 'AEAD_AES_256_GCM', original_type: 'transaction' },
    })
    const { json } = await fixture.merchant.query(tradeNo)
    expect(decrypted(notification, key())).toEqual(json)
    expect(json).toMatchObject({
      out_trade_no: tradeNo,
      trade_state: 'SUCCESS',
      trade_type: 'JSAPI',
      transaction_id: expect.stringMatching(/^4200\d{24}$/),
      attach: 'branch-3',
      payer: { openid: CHEN },
      amount: { total: 1250, payer_total: 1250, currency: 'CNY', payer_currency: 'CNY' },
    })
  })

  it('signs every repetition anew and stops at 200', async () => {
    fixture.receiver.answers = [500, 302, 404, 200]
    const tradeNo = await fixture.pay()
    const notifications = []
    for (let i = 0; i < 4; i += 1) {
      const notification = await fixture.receiver.next()
      expect(fixture.merchant.verifies(notification.headers, notification.raw)).toBe(true)
      notifications.push(notification)
    }
    expect(new Set(notifications.map((notification) => parsed(notification).id)).size).toBe(1)
    expect(new Set(notifications.map(({ headers }) => headers.get('wechatpay-signature'))).size).toBe(4)
    expect(new Set(notifications.map(({ headers }) => headers.get('wechatpay-nonce'))).size).toBe(4)
    await settled(tradeNo, 'acknowledged')
    expect(
      fixture.sandbox.control.order(tradeNo).notifications[0]?.attempts.map(({ status }) => status),
    ).toEqual([500, 302, 404, 200])
  })

  it('gives up after fifteen repetitions, spread over 24 hours and 4 minutes', async () => {
    expect(RETRY_SCHEDULE_SECONDS.reduce((sum, seconds) => sum + seconds, 0)).toBe(24 * 3600 + 4 * 60)
    fixture.receiver.answers = Array<number>(16).fill(500)
    const tradeNo = await fixture.pay()
    for (let i = 0; i < 16; i += 1) await fixture.receiver.next()
    await settled(tradeNo, 'exhausted')
    expect(fixture.receiver.unread).toBe(0)
  })

  it('can arrive twice', async () => {
    fixture.sandbox.control.plan({ kind: 'notification-duplicated' })
    const tradeNo = await fixture.pay()
    const [first, second] = [await fixture.receiver.next(), await fixture.receiver.next()]
    expect(parsed(first).id).toBe(parsed(second).id)
    expect(decrypted(first, key())).toEqual(decrypted(second, key()))
    await settled(tradeNo, 'acknowledged')
  })

  it('can be withheld and delivered later', async () => {
    fixture.sandbox.control.plan({ kind: 'notification-withheld' })
    const tradeNo = await fixture.pay()
    expect(fixture.sandbox.control.order(tradeNo).notifications).toMatchObject([
      { state: 'withheld', attempts: [] },
    ])
    expect(await fixture.sandbox.control.redeliver(tradeNo)).toBe(204)
    expect(decrypted(await fixture.receiver.next(), key())).toMatchObject({ out_trade_no: tradeNo })
    await settled(tradeNo, 'acknowledged')
  })

  it('can be delivered again after it was acknowledged', async () => {
    const tradeNo = await fixture.pay()
    await fixture.receiver.next()
    expect(await fixture.sandbox.control.redeliver(tradeNo)).toBe(204)
    await fixture.receiver.next()
  })

  it('has nothing to deliver for an unpaid order', async () => {
    const body = fixture.orderBody()
    await fixture.merchant.prepay(body)
    await expect(fixture.sandbox.control.redeliver(body.out_trade_no)).rejects.toMatchObject({ status: 409 })
  })

  it.each(['tampered', 'unsigned', 'unknown-serial', 'signature-test'] as const)(
    'can be one that must not be believed: %s; the next attempt is sound',
    async (spoil) => {
      fixture.receiver.answers = [500]
      fixture.sandbox.control.plan({ kind: 'notification-spoiled', spoil })
      await fixture.pay()
      const [bad, good] = [await fixture.receiver.next(), await fixture.receiver.next()]
      expect(fixture.merchant.verifies(bad.headers, bad.raw)).toBe(false)
      expect(fixture.merchant.verifies(good.headers, good.raw)).toBe(true)
    },
  )

  it.each([
    ['stale', -1],
    ['future', 1],
  ] as const)('can be signed at the wrong time: %s', async (spoil, sign) => {
    fixture.sandbox.control.plan({ kind: 'notification-spoiled', spoil })
    await fixture.pay()
    const { headers, raw } = await fixture.receiver.next()
    expect(fixture.merchant.verifies(headers, raw)).toBe(true)
    const ahead = Number(headers.get('wechatpay-timestamp')) - fixture.now() / 1000
    expect(ahead * sign).toBeGreaterThan(300)
  })

  it('can be signed well and encrypted badly', async () => {
    fixture.sandbox.control.plan({ kind: 'notification-spoiled', spoil: 'bad-tag' })
    await fixture.pay()
    const notification = await fixture.receiver.next()
    expect(fixture.merchant.verifies(notification.headers, notification.raw)).toBe(true)
    expect(() => decrypted(notification, key())).toThrow()
  })
})
