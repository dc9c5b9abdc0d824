import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { MerchantClient, type ReceivedAnswer } from './merchant-client.js'
import type { ReceivedNotification } from './notification-receiver.js'
import { SandboxFixture } from './sandbox-fixture.js'

const CERTIFICATE_SERIAL = /^[0-9A-F]{40}$/
const PUBLIC_KEY_ID = /^PUB_KEY_ID_\d{34}$/
const YEARS = 365 * 86_400_000

describe('a merchant verifies in the mode agreed', () => {
  let fixture: SandboxFixture
  let merchant: MerchantClient

  beforeAll(async () => {
    fixture = await SandboxFixture.start()
  })
  afterAll(() => fixture.stop())

  const agreeOn = async (verification: string, publicKeyPercent?: number): Promise<void> => {
    const { mchid } = fixture.sandbox.credentials()
    await fixture.control('POST', 'merchants', { mchid, verification, publicKeyPercent })
    merchant = fixture.reconfigured()
  }

  const serialOf = ({ headers }: Pick<ReceivedAnswer, 'headers'>): string =>
    headers.get('wechatpay-serial') ?? ''

  const credentialsFile = async (): Promise<Record<string, unknown>> => {
    const { mchid } = fixture.sandbox.credentials()
    const text = await readFile(join(fixture.directory, `merchant-${mchid}.json`), 'utf8')
    return JSON.parse(text) as Record<string, unknown>
  }

  const notifications = async (count: number): Promise<ReceivedNotification[]> => {
    const received = []
    for (let i = 0; i < count; i += 1) {
      await fixture.pay()
      received.push(await fixture.receiver.next())
    }
    return received
  }

  it('by public key: there is no certificate to fetch, and WeChat says what to do', async () => {
    await agreeOn('public-key')
    const { answer } = await merchant.fetchCertificates()
    expect(answer).toMatchObject({
      status: 404,
      json: {
        code: 'RESOURCE_NOT_EXISTS',
        message: '无可用的平台证书，请在商户平台-API安全申请使用微信支付公钥',
      },
    })
    expect(merchant.verifies(answer.headers, answer.raw)).toBe(true)
    const [notification] = await notifications(1)
    expect(serialOf(notification!)).toMatch(PUBLIC_KEY_ID)
  })

  describe('by certificate', () => {
    beforeAll(() => agreeOn('certificate'))

    it('knows no public key, and fetches a certificate that vouches for the answer it came in', async () => {
      const file = await credentialsFile()
      expect(file).toMatchObject({ verification: 'certificate', apiV3Key: merchant.credentials.apiV3Key })
      expect(Object.keys(file).filter((field) => field.startsWith('wechat'))).toEqual([])

      const { answer, certificates } = await merchant.fetchCertificates()
      expect(certificates).toHaveLength(1)
      const [{ serial, certificate, effective_time, expire_time }] = certificates as [
        (typeof certificates)[number],
      ]
      expect(serial).toMatch(CERTIFICATE_SERIAL)
      expect(certificate.serialNumber).toBe(serial)
      expect(Date.parse(effective_time)).toBe(Date.parse(certificate.validFrom))
      expect(Date.parse(expire_time) - Date.parse(effective_time)).toBe(5 * YEARS)
      expect(serialOf(answer)).toBe(serial)
      expect(merchant.verifies(answer.headers, answer.raw)).toBe(true)
    })

    it('finds every answer and notification signed with it, even when it asks for a public key', async () => {
      await merchant.fetchCertificates()
      const asking = { headers: { 'Wechatpay-Serial': `PUB_KEY_ID_${'1'.repeat(34)}` } }
      const body = fixture.orderBody()
      const ordered = await merchant.send('POST', '/v3/pay/transactions/jsapi', body, asking)
      const [notification] = await notifications(1)
      for (const message of [ordered, await merchant.query(body.out_trade_no), notification!]) {
        expect(serialOf(message)).toMatch(CERTIFICATE_SERIAL)
        expect(merchant.verifies(message.headers, message.raw)).toBe(true)
      }
    })

    it('can be shown a serial of the same kind that nobody knows', async () => {
      await merchant.fetchCertificates()
      await fixture.control('POST', 'faults', { kind: 'answer-spoiled', spoil: 'unknown-serial' })
      const answer = await merchant.order(fixture.orderBody())
      expect(serialOf(answer)).toMatch(CERTIFICATE_SERIAL)
      expect(merchant.verifies(answer.headers, answer.raw)).toBe(false)
    })
  })

  describe('by both, while WeChat moves it from one to the other', () => {
    it('chooses the key of an answer by the serial in its request', async () => {
      await agreeOn('both')
      const { certificates } = await merchant.fetchCertificates()
      const certificateSerial = certificates[0]!.serial
      const { wechatPublicKeyId } = merchant.credentials
      const asked: [Record<string, string>, string][] = [
        [{}, certificateSerial],
        [{ 'Wechatpay-Serial': certificateSerial }, certificateSerial],
        [{ 'Wechatpay-Serial': wechatPublicKeyId }, wechatPublicKeyId],
      ]
      for (const [headers, expected] of asked) {
        const { answer } = await merchant.fetchCertificates(headers)
        expect(answer.status).toBe(200)
        expect(serialOf(answer)).toBe(expected)
        expect(merchant.verifies(answer.headers, answer.raw)).toBe(true)
      }
    })

    it.each([
      [0, 0],
      [20, 2],
      [50, 5],
      [100, 10],
    ])('signs %i %% of the notifications with the public key: %i of ten', async (percent, expected) => {
      await agreeOn('both', percent)
      await merchant.fetchCertificates()
      const received = await notifications(10)
      expect(received.every(({ headers, raw }) => merchant.verifies(headers, raw))).toBe(true)
      expect(received.filter((notification) => PUBLIC_KEY_ID.test(serialOf(notification)))).toHaveLength(
        expected,
      )
    })
  })

  it('is remembered over a restart, with the keys', async () => {
    await agreeOn('both', 100)
    const { certificates } = await merchant.fetchCertificates()
    const file = await credentialsFile()
    await fixture.restart()
    expect(await credentialsFile()).toEqual(file)
    const after = await fixture.merchant.fetchCertificates()
    expect(after.certificates.map(({ serial }) => serial)).toEqual([certificates[0]!.serial])
    const [notification] = await notifications(1)
    expect(serialOf(notification!)).toBe(file['wechatPublicKeyId'])
  })

  it.each<[string, Record<string, unknown>]>([
    ['a mode there is not', { verification: 'trust' }],
    ['a share above a hundred', { publicKeyPercent: 101 }],
    ['a share that is no whole number', { publicKeyPercent: 0.5 }],
    ['a number no merchant has', { mchid: '../../etc' }],
  ])('refuses %s', async (_what, change) => {
    const { mchid } = fixture.sandbox.credentials()
    await expect(fixture.control('POST', 'merchants', { mchid, ...change })).rejects.toThrow(/^400 /)
  })
})
