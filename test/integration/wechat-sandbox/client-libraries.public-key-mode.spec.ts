import Pay from 'wechatpay-node-v3'
import { Aes, Formatter, Rsa, Wechatpay } from 'wechatpay-axios-plugin'
import type { MerchantCredentials } from '../../../server/wechat-sandbox/state/merchant-credentials.js'
import type { PaymentParams } from '../../../server/wechat-sandbox/pay/payment-sheet.js'
import { parsed } from './opened-notification.js'
import { RedirectedRequests } from './redirected-requests.js'
import { CHEN, SandboxFixture } from './sandbox-fixture.js'

/** The calls the axios plugin builds from its magic chain, as far as they are used here. */
interface ChainedCalls {
  v3: {
    pay: {
      transactions: {
        jsapi: { post(body: unknown): Promise<{ data: { prepay_id: string } }> }
        id: { _transaction_id_: { get(config: object): Promise<{ data: Record<string, unknown> }> } }
        outTradeNo: {
          _out_trade_no_: {
            get(config: object): Promise<{ data: Record<string, unknown> }>
            close: { post(body: object, config: object): Promise<{ status: number }> }
          }
        }
      }
    }
  }
}

class PayKnowingTheKey extends Pay {
  constructor({ appid, mchid, certificateSerial, privateKeyPem, apiV3Key, ...wechat }: MerchantCredentials) {
    const unusedCertificate = Buffer.from('public-key mode needs none')
    const privateKey = Buffer.from(privateKeyPem)
    super({
      appid,
      mchid,
      serial_no: certificateSerial,
      publicKey: unusedCertificate,
      privateKey,
      key: apiV3Key,
    })
    Pay.certificates = { [wechat.wechatPublicKeyId]: wechat.wechatPublicKeyPem }
  }
}

describe('independent client libraries accept the sandbox', () => {
  let fixture: SandboxFixture
  let axiosPlugin: ChainedCalls
  let nodeV3: Pay

  beforeAll(async () => {
    fixture = await SandboxFixture.start()
    const credentials = fixture.sandbox.credentials()
    axiosPlugin = new Wechatpay({
      mchid: credentials.mchid,
      serial: credentials.certificateSerial,
      privateKey: credentials.privateKeyPem,
      certs: { [credentials.wechatPublicKeyId]: credentials.wechatPublicKeyPem },
      baseURL: fixture.sandbox.baseUrl,
    }) as unknown as ChainedCalls
    nodeV3 = new PayKnowingTheKey(credentials)
    nodeV3.createHttp(new RedirectedRequests(fixture.sandbox.baseUrl))
  })

  afterAll(() => fixture.stop())

  it('wechatpay-axios-plugin orders, pays, queries by both numbers and closes, verifying every answer', async () => {
    const { transactions } = axiosPlugin.v3.pay
    const { mchid, appid, privateKeyPem } = fixture.sandbox.credentials()
    const order = fixture.orderBody()
    const { data } = await transactions.jsapi.post(order)

    const params = { timeStamp: String(Formatter.timestamp()), nonceStr: Formatter.nonce() }
    const packageText = `prepay_id=${data.prepay_id}`
    const message = Formatter.joinedByLineFeed(appid, params.timeStamp, params.nonceStr, packageText)
    const paySign = Rsa.sign(message, Rsa.from(privateKeyPem, Rsa.KEY_TYPE_PRIVATE))
    const paid = await fixture.sandbox.control.pay(CHEN, {
      ...params,
      package: packageText,
      signType: 'RSA',
      paySign,
    })
    expect(paid).toEqual({ errMsg: 'requestPayment:ok' })
    await fixture.receiver.next()

    const query = { params: { mchid }, out_trade_no: order.out_trade_no }
    const found = await transactions.outTradeNo._out_trade_no_.get(query)
    expect(found.data).toMatchObject({
      trade_state: 'SUCCESS',
      amount: { total: 1250 },
      payer: { openid: CHEN },
    })
    const transactionId = found.data['transaction_id']
    const again = await transactions.id._transaction_id_.get({
      params: { mchid },
      transaction_id: transactionId,
    })
    expect(again.data).toEqual(found.data)

    const second = fixture.orderBody()
    await transactions.jsapi.post(second)
    const target = { out_trade_no: second.out_trade_no }
    const closed = await transactions.outTradeNo._out_trade_no_.close.post({ mchid }, target)
    expect(closed.status).toBe(204)
  })

  it('wechatpay-axios-plugin verifies and decrypts the notification', async () => {
    const { wechatPublicKeyPem, apiV3Key } = fixture.sandbox.credentials()
    const tradeNo = await fixture.pay()
    const notification = await fixture.receiver.next()
    const header = (name: string): string => notification.headers.get(name) ?? ''
    const message = Formatter.response(
      header('wechatpay-timestamp'),
      header('wechatpay-nonce'),
      notification.raw.toString(),
    )
    const key = Rsa.from(wechatPublicKeyPem, Rsa.KEY_TYPE_PUBLIC)
    expect(Rsa.verify(message, header('wechatpay-signature'), key)).toBe(true)
    const { ciphertext, nonce, associated_data } = parsed(notification).resource
    const text = Aes.AesGcm.decrypt(ciphertext, apiV3Key, nonce, associated_data)
    expect(JSON.parse(text)).toMatchObject({ out_trade_no: tradeNo, trade_state: 'SUCCESS' })
  })

  it('wechatpay-node-v3 orders with a payment signature of its own, queries and closes', async () => {
    const { description, out_trade_no, notify_url, amount, payer } = fixture.orderBody()
    const ordered = await nodeV3.transactions_jsapi({
      description,
      out_trade_no,
      notify_url,
      amount: { ...amount, currency: 'CNY' },
      payer,
    })
    expect(ordered.status).toBe(200)
    const paid = await fixture.sandbox.control.pay(CHEN, ordered.data as PaymentParams)
    expect(paid).toEqual({ errMsg: 'requestPayment:ok' })
    await fixture.receiver.next()
    const found = await nodeV3.query({ out_trade_no })
    expect(found.data).toMatchObject({ out_trade_no, trade_state: 'SUCCESS' })

    const second = fixture.orderBody()
    await fixture.merchant.prepay(second)
    await expect(nodeV3.close(second.out_trade_no)).resolves.toMatchObject({ status: 204 })
  })

  it('wechatpay-node-v3 verifies the raw notification, refuses a re-serialised one, and decrypts it', async () => {
    const tradeNo = await fixture.pay()
    const notification = await fixture.receiver.next()
    const header = (name: string): string => notification.headers.get(name) ?? ''
    const signed = {
      timestamp: header('wechatpay-timestamp'),
      nonce: header('wechatpay-nonce'),
      serial: header('wechatpay-serial'),
      signature: header('wechatpay-signature'),
    }
    await expect(nodeV3.verifySign({ ...signed, body: notification.raw.toString() })).resolves.toBe(true)
    const body = parsed(notification)
    await expect(nodeV3.verifySign({ ...signed, body: { ...body } })).resolves.toBe(false)
    const { ciphertext, associated_data, nonce } = body.resource
    const resource = nodeV3.decipher_gcm<Record<string, unknown>>(ciphertext, associated_data, nonce)
    expect(resource).toMatchObject({ out_trade_no: tradeNo, amount: { payer_total: 1250 } })
  })
})
