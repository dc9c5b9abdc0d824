import type { MerchantClient } from './merchant-client.js'
import { SandboxFixture } from './sandbox-fixture.js'

const HOURS = 3_600_000

interface Key {
  serial: string
  kind: string
  signing: boolean
  signsFrom?: number
}

describe('WeChat changes its keys', () => {
  let fixture: SandboxFixture

  const begin = async (verification: 'certificate' | 'public-key'): Promise<MerchantClient> => {
    fixture = await SandboxFixture.start({ verification })
    return fixture.merchant
  }
  afterEach(() => fixture.stop())

  const issue = async (body: object): Promise<Key> =>
    (await fixture.control('POST', 'platform-keys', body)) as unknown as Key

  const listed = async (kind: string): Promise<Key[]> => {
    const { keys } = (await fixture.control('GET', 'platform-keys')) as { keys: Key[] }
    return keys.filter((key) => key.kind === kind)
  }

  /** The serials that an answer and a notification are signed with. */
  const signs = async (): Promise<(string | null)[]> => {
    const { headers } = await fixture.merchant.order(fixture.orderBody())
    await fixture.pay()
    const notification = await fixture.receiver.next()
    return [headers, notification.headers].map((each) => each.get('wechatpay-serial'))
  }

  it('lists a new certificate beside the old one, uses it when told, and retires the old one', async () => {
    const merchant = await begin('certificate')
    const [old] = await listed('certificate')
    const fresh = await issue({ kind: 'certificate' })
    expect(fresh).toEqual({
      serial: expect.stringMatching(/^[0-9A-F]{40}$/),
      kind: 'certificate',
      signing: false,
    })
    const beside = await merchant.fetchCertificates()
    expect(beside.certificates.map(({ serial }) => serial)).toEqual([old!.serial, fresh.serial])
    expect(await signs()).toEqual([old!.serial, old!.serial])

    await fixture.control('POST', `platform-keys/${fresh.serial}/signing`, {})
    expect(await signs()).toEqual([fresh.serial, fresh.serial])
    const still = await merchant.fetchCertificates()
    expect(still.certificates).toHaveLength(2)
    expect(merchant.verifies(still.answer.headers, still.answer.raw)).toBe(true)

    await fixture.control('DELETE', `platform-keys/${old!.serial}`)
    const after = await merchant.fetchCertificates()
    expect(after.certificates.map(({ serial }) => serial)).toEqual([fresh.serial])
  })

  it('begins to use a certificate at the hour that was set, also after a restart', async () => {
    await begin('certificate')
    const [old] = await listed('certificate')
    const fresh = await issue({ kind: 'certificate', signsInMs: 24 * HOURS })
    fixture.advanceMs += 23 * HOURS
    expect(await signs()).toEqual([old!.serial, old!.serial])
    await fixture.restart()
    fixture.advanceMs += HOURS
    expect(await signs()).toEqual([fresh.serial, fresh.serial])
    expect(await listed('certificate')).toMatchObject([{ signing: false }, { signing: true }])
  })

  it('never lets a merchant choose among certificates', async () => {
    const merchant = await begin('certificate')
    const [old] = await listed('certificate')
    const fresh = await issue({ kind: 'certificate' })
    const { answer } = await merchant.fetchCertificates({ 'Wechatpay-Serial': fresh.serial })
    expect(answer.headers.get('wechatpay-serial')).toBe(old!.serial)
  })

  it('changes its public key: both ids are in the credentials until the old one is retired', async () => {
    const merchant = await begin('public-key')
    const before = merchant.credentials.wechatPublicKeyId
    const fresh = await issue({ kind: 'public-key' })
    const during = fixture.reconfigured()
    expect(during.credentials).toMatchObject({
      wechatPublicKeyId: fresh.serial,
      wechatPublicKeys: [{ id: before }, { id: fresh.serial }],
    })
    // What a merchant asks for it gets; who asks for nothing gets what is in use.
    const { answer } = await during.fetchCertificates({ 'Wechatpay-Serial': fresh.serial })
    expect(answer.headers.get('wechatpay-serial')).toBe(fresh.serial)
    expect(during.verifies(answer.headers, answer.raw)).toBe(true)
    expect(merchant.verifies(answer.headers, answer.raw)).toBe(false)
    expect(await signs()).toEqual([before, before])

    await fixture.control('POST', `platform-keys/${fresh.serial}/signing`, {})
    expect(await signs()).toEqual([fresh.serial, fresh.serial])
    await fixture.control('DELETE', `platform-keys/${before}`)
    expect(fixture.reconfigured().credentials.wechatPublicKeys).toEqual([
      { id: fresh.serial, pem: expect.stringContaining('BEGIN PUBLIC KEY') },
    ])
  })

  it('does not retire the key in use, nor one that never was', async () => {
    await begin('public-key')
    const [inUse] = await listed('public-key')
    await expect(fixture.control('DELETE', `platform-keys/${inUse!.serial}`)).rejects.toThrow(/^409 /)
    await expect(
      fixture.control('POST', `platform-keys/${inUse!.serial}/signing`, { inMs: HOURS }),
    ).rejects.toThrow(/^409 /)
    await expect(fixture.control('DELETE', 'platform-keys/PUB_KEY_ID_0')).rejects.toThrow(/^404 /)
    await expect(issue({ kind: 'password' })).rejects.toThrow(/^400 /)
  })
})
