import Pay from 'wechatpay-node-v3'
import { Aes, Wechatpay } from 'wechatpay-axios-plugin'
import { RedirectedRequests } from './redirected-requests.js'
import { SandboxFixture } from './sandbox-fixture.js'

interface CertificateList {
  data: {
    serial_no: string
    encrypt_certificate: { ciphertext: string; nonce: string; associated_data: string }
  }[]
}

describe('independent client libraries accept certificate mode', () => {
  let fixture: SandboxFixture

  beforeAll(async () => {
    fixture = await SandboxFixture.start({ verification: 'certificate' })
  })
  afterAll(() => fixture.stop())

  it('wechatpay-node-v3 fetches the certificate by itself and verifies a notification with it', async () => {
    const { appid, mchid, certificateSerial, privateKeyPem, apiV3Key } = fixture.sandbox.credentials()
    const nodeV3 = new Pay({
      appid,
      mchid,
      serial_no: certificateSerial,
      publicKey: Buffer.from('only wanted for its serial, which is given'),
      privateKey: Buffer.from(privateKeyPem),
      key: apiV3Key,
    })
    nodeV3.createHttp(new RedirectedRequests(fixture.sandbox.baseUrl))
    await fixture.pay()
    const { headers, raw } = await fixture.receiver.next()
    const header = (name: string): string => headers.get(name) ?? ''
    const signed = {
      timestamp: header('wechatpay-timestamp'),
      nonce: header('wechatpay-nonce'),
      serial: header('wechatpay-serial'),
      signature: header('wechatpay-signature'),
    }
    await expect(nodeV3.verifySign({ ...signed, body: raw.toString() })).resolves.toBe(true)
    await expect(nodeV3.verifySign({ ...signed, body: `${raw.toString()} ` })).resolves.toBe(false)
  })

  it('wechatpay-axios-plugin verifies every answer with a certificate it was given', async () => {
    const { mchid, certificateSerial, privateKeyPem, apiV3Key } = fixture.sandbox.credentials()
    const known: Record<string, string> = {}
    const { client } = new Wechatpay({
      mchid,
      serial: certificateSerial,
      privateKey: privateKeyPem,
      // The library refuses to start without any.
      certs: { ['0'.repeat(40)]: fixture.merchant.credentials.privateKeyPem },
      baseURL: fixture.sandbox.baseUrl,
    })
    const order = { url: '/v3/pay/transactions/jsapi', method: 'POST' }
    await expect(client.v3.request({ ...order, data: fixture.orderBody() })).rejects.toThrow()

    const { raw } = (await fixture.merchant.fetchCertificates()).answer
    for (const { serial_no, encrypt_certificate } of (JSON.parse(raw.toString()) as CertificateList).data) {
      const { ciphertext, nonce, associated_data } = encrypt_certificate
      known[serial_no] = Aes.AesGcm.decrypt(ciphertext, apiV3Key, nonce, associated_data)
    }
    const informed = new Wechatpay({
      mchid,
      serial: certificateSerial,
      privateKey: privateKeyPem,
      certs: known,
      baseURL: fixture.sandbox.baseUrl,
    })
    const { data } = await informed.client.v3.request<{ prepay_id: string }>({
      ...order,
      data: fixture.orderBody(),
    })
    expect(data.prepay_id).toMatch(/^wx/)
  })
})
