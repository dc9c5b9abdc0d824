import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { Clock } from '../../../server/platform/config/clock.js'
import { Pauses } from '../../../server/platform/wechat/pauses.js'
import { PayClients } from '../../../server/platform/wechat/pay-clients.js'
import type { Caller } from '../../support/world.js'
import { Cashier } from './cashier.js'
import { NotificationWriter } from './notification-writer.js'

const CERTIFICATES = '/v3/certificates'
/** However many unknown keys are named, WeChat is asked about them once in this time. */
const LOOK_UP_SECONDS = 60

describe('WeChat changes its keys while we run', () => {
  let cashier: Cashier
  let chen: Caller
  let mchid: string

  beforeAll(async () => {
    cashier = await Cashier.open()
    chen = await cashier.village.as('chen')
    mchid = cashier.world.wechat.credentials().mchid
  })
  // What was looked up in the story before does not count in this one.
  beforeEach(() => cashier.passSecondsEverywhere(LOOK_UP_SECONDS))
  afterAll(() => {
    jest.useRealTimers()
    return cashier.close()
  })

  const platform = () => cashier.wechat.platform
  const clients = () => cashier.world.app.get(PayClients)
  const keysOf = () => clients().of(mchid).keys
  const file = () => cashier.world.config.wechat.payCredentialFiles[0] ?? ''
  const downloads = () => cashier.wechat.requests(10_000).filter(({ path }) => path === CERTIFICATES).length
  const orderAndPay = async () => {
    const order = await cashier.order(chen, await cashier.owed(chen))
    await cashier.payQuietly('chen', order)
    return order.tradeNo
  }
  const expectPaidByNotice = async (tradeNo: string) => {
    expect(await cashier.notify(tradeNo)).toBe(204)
    expect((await cashier.stored(tradeNo)).state).toBe('paid')
  }
  const release = async (tradeNo: string) => {
    await cashier.world.database.execute(
      `UPDATE dues_bill SET state = 'unpaid', tradeNo = NULL, paidAt = NULL WHERE tradeNo = ?`,
      [tradeNo],
    )
  }

  it('with a public key alone, there are no certificates, and that is no error', async () => {
    await clients().keepFresh()
    expect(downloads()).toBe(1)
    expect(keysOf().book.askedFor(cashier.now())).toMatch(/^PUB_KEY_ID_/)
    const tradeNo = await orderAndPay()
    await expectPaidByNotice(tradeNo)
    await release(tradeNo)
  })

  it('the public key is replaced: the operator lists both, and no restart is needed', async () => {
    const { serial } = await platform().issueKey('public-key')
    await platform().use(serial)
    const tradeNo = await orderAndPay()
    await expectPaidByNotice(tradeNo)
    await release(tradeNo)
    const [old] = platform().keys()
    await platform().retire(old?.serial ?? '')
    await clients().keepFresh()
    expect(keysOf().book.askedFor(cashier.now())).toBe(serial)
    const next = await orderAndPay()
    await expectPaidByNotice(next)
    await release(next)
  })

  it('on the ramp some notifications are signed with the certificate, some with the public key', async () => {
    await platform().registerMerchant(mchid, { verification: 'both', publicKeyPercent: 50 })
    for (let payment = 0; payment < 4; payment++) {
      const tradeNo = await orderAndPay()
      await expectPaidByNotice(tradeNo)
      await release(tradeNo)
    }
    expect(keysOf().book.askedFor(cashier.now())).toMatch(/^PUB_KEY_ID_/)
  })

  it('without a public key everything is verified by certificates, from the first request on', async () => {
    await platform().registerMerchant(mchid, { verification: 'certificate' })
    const before = downloads()
    const fresh = new PayClients(
      cashier.world.config,
      cashier.world.app.get(Clock),
      cashier.world.app.get(Pauses),
    )
    expect(await fresh.of(mchid).query('D20261121000000000000')).toBeNull()
    expect(downloads()).toBe(before + 1)
    await clients().keepFresh()
    expect(keysOf().book.askedFor(cashier.now())).toMatch(/^[0-9A-F]{40}$/)
    const tradeNo = await orderAndPay()
    await expectPaidByNotice(tradeNo)
    await release(tradeNo)
  })

  it('a new certificate signs a notification before anybody has heard of it: it is fetched, and the notification holds', async () => {
    const tradeNo = await orderAndPay()
    const { serial } = await platform().issueKey('certificate')
    await platform().use(serial)
    await expectPaidByNotice(tradeNo)
    expect(keysOf().book.keyOf(serial, cashier.now())).toBeDefined()
    await release(tradeNo)
  })

  it('a new certificate signs an answer: it is fetched, and the question is asked again', async () => {
    const tradeNo = await orderAndPay()
    const { serial } = await platform().issueKey('certificate')
    await platform().use(serial)
    expect((await cashier.find(chen, tradeNo)).state).toBe('paid')
    await release(tradeNo)
  })

  it('a retired certificate is forgotten with the next download', async () => {
    const retired = platform()
      .keys()
      .filter(({ kind, signing }) => kind === 'certificate' && !signing)
    expect(retired.length).toBeGreaterThan(0)
    for (const { serial } of retired) await platform().retire(serial)
    cashier.passSecondsEverywhere(12 * 3600)
    await clients().keepFresh()
    for (const { serial } of retired) expect(keysOf().book.keyOf(serial, cashier.now())).toBeUndefined()
  })

  it('a hundred forged notifications with a hundred made-up serials cause one download a minute', async () => {
    const tradeNo = await orderAndPay()
    const writer = new NotificationWriter(cashier)
    const notification = await writer.paid(tradeNo)
    const { privateKey: key } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const forge = () =>
      writer.post(notification, { key, serial: randomBytes(20).toString('hex').toUpperCase() })
    const before = downloads()
    const answers = await Promise.all(Array.from({ length: 100 }, forge))
    expect(new Set(answers)).toEqual(new Set([401]))
    expect(downloads()).toBe(before + 1)
    cashier.passSecondsEverywhere(LOOK_UP_SECONDS - 1)
    expect(await forge()).toBe(401)
    expect(downloads()).toBe(before + 1)
    cashier.passSecondsEverywhere(1)
    expect(await forge()).toBe(401)
    expect(downloads()).toBe(before + 2)
    expect((await cashier.stored(tradeNo)).state).toBe('pending')
    expect((await cashier.find(chen, tradeNo)).state).toBe('paid')
    await release(tradeNo)
  })

  it('a certificate list that was tampered with changes nothing', async () => {
    const known = keysOf().book.askedFor(cashier.now())
    const { serial } = await platform().issueKey('certificate')
    for (const spoil of ['tampered', 'unsigned', 'stale', 'signature-test'] as const) {
      cashier.passSecondsEverywhere(7 * 3600)
      cashier.wechat.plan({ kind: 'answer-spoiled', spoil })
      await clients().keepFresh()
      expect(keysOf().book.keyOf(serial, cashier.now())).toBeUndefined()
    }
    expect(keysOf().book.askedFor(cashier.now())).toBe(known)
  })

  it('a credentials file that was spoiled while we run is reported and changes nothing', async () => {
    const good = readFileSync(file(), 'utf8')
    writeFileSync(file(), good.slice(0, -20))
    await clients().keepFresh()
    const tradeNo = await orderAndPay()
    await expectPaidByNotice(tradeNo)
    await release(tradeNo)
    writeFileSync(file(), good)
  })

  it('our own key was wrong: put right in the file, the next request goes through', async () => {
    const good = readFileSync(file(), 'utf8')
    const { certificateSerial } = JSON.parse(good) as { certificateSerial: string }
    writeFileSync(file(), good.replace(certificateSerial, '7'.repeat(40)))
    await clients().keepFresh()
    await expect(clients().of(mchid).query('D20261121000000000000')).rejects.toMatchObject({
      wechatCode: 'SIGN_ERROR',
    })
    writeFileSync(file(), good)
    expect(await clients().of(mchid).query('D20261121000000000000')).toBeNull()
  })
})
