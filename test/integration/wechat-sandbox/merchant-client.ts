import { createDecipheriv, createSign, createVerify, randomUUID, X509Certificate } from 'node:crypto'
import type { PaymentParams } from '../../../server/wechat-sandbox/pay/payment-sheet.js'
import type { MerchantCredentials } from '../../../server/wechat-sandbox/state/merchant-credentials.js'

export interface OrderBody {
  appid: string
  mchid: string
  description: string
  out_trade_no: string
  notify_url: string
  amount: { total: number; currency?: string }
  payer: { openid: string }
  time_expire?: string
  attach?: string
}

export interface ReceivedAnswer {
  status: number
  headers: Headers
  raw: Buffer
  json: Record<string, unknown>
}

/** How a test departs from a correct request. */
export interface Departure {
  headers?: Record<string, string>
  serial?: string
  mchid?: string
  timestamp?: number
  sentBody?: string
}

/** One entry of `/v3/certificates`. */
interface ListedCertificate {
  serial_no: string
  effective_time: string
  expire_time: string
  encrypt_certificate: { algorithm: string; ciphertext: string; associated_data: string; nonce: string }
}

/** A merchant's server written from the protocol alone: it shares no code with the sandbox. */
export class MerchantClient {
  /** PEM of the keys and certificates that WeChat may sign with, by serial. */
  readonly wechatKeys: Map<string, string>

  constructor(
    private readonly baseUrl: string,
    readonly credentials: MerchantCredentials,
    private readonly now: () => number,
  ) {
    this.wechatKeys = new Map(credentials.wechatPublicKeys.map(({ id, pem }) => [id, pem]))
  }

  /** Downloads the platform certificates, to verify with them from now on. @returns the answer and what it listed */
  async fetchCertificates(headers: Record<string, string> = {}) {
    const answer = await this.send('GET', '/v3/certificates', undefined, { headers })
    const listed = (answer.json['data'] ?? []) as ListedCertificate[]
    const certificates = listed.map(({ serial_no, effective_time, expire_time, encrypt_certificate }) => {
      const certificate = new X509Certificate(this.unsealed(encrypt_certificate))
      this.wechatKeys.set(serial_no, certificate.publicKey.export({ type: 'spki', format: 'pem' }).toString())
      return { serial: serial_no, effective_time, expire_time, certificate }
    })
    return { answer, certificates }
  }

  async send(
    method: string,
    target: string,
    body?: unknown,
    departure: Departure = {},
  ): Promise<ReceivedAnswer> {
    const text = body === undefined ? '' : JSON.stringify(body)
    const timestamp = departure.timestamp ?? Math.floor(this.now() / 1000)
    const nonce = randomUUID()
    const signature = this.sign(`${method}\n${target}\n${timestamp}\n${nonce}\n${text}\n`)
    const { mchid = this.credentials.mchid, serial = this.credentials.certificateSerial } = departure
    const fields = { mchid, nonce_str: nonce, timestamp, serial_no: serial, signature }
    const list = Object.entries(fields).map(([name, value]) => `${name}="${value}"`)
    const sent = departure.sentBody ?? text
    const response = await fetch(this.baseUrl + target, {
      method,
      headers: {
        Accept: 'application/json',
        'User-Agent': 'merchant',
        'Content-Type': 'application/json',
        Authorization: `WECHATPAY2-SHA256-RSA2048 ${list.join(',')}`,
        ...departure.headers,
      },
      ...(method === 'GET' ? {} : { body: sent }),
    })
    const raw = Buffer.from(await response.arrayBuffer())
    const json = raw.length === 0 ? {} : (JSON.parse(raw.toString()) as Record<string, unknown>)
    return { status: response.status, headers: response.headers, raw, json }
  }

  order(body: OrderBody): Promise<ReceivedAnswer> {
    return this.send('POST', '/v3/pay/transactions/jsapi', body)
  }

  /** @throws when the order is refused. */
  async prepay(body: OrderBody): Promise<string> {
    const { status, raw, json } = await this.order(body)
    if (status !== 200) throw new Error(raw.toString())
    return String(json['prepay_id'])
  }

  query(tradeNo: string): Promise<ReceivedAnswer> {
    const { mchid } = this.credentials
    return this.send('GET', `/v3/pay/transactions/out-trade-no/${encodeURIComponent(tradeNo)}?mchid=${mchid}`)
  }

  close(tradeNo: string): Promise<ReceivedAnswer> {
    const { mchid } = this.credentials
    return this.send('POST', `/v3/pay/transactions/out-trade-no/${tradeNo}/close`, { mchid })
  }

  paymentParams(prepayId: string, appid = this.credentials.appid): PaymentParams {
    const timeStamp = String(Math.floor(this.now() / 1000))
    const nonceStr = randomUUID()
    const packageText = `prepay_id=${prepayId}`
    const paySign = this.sign(`${appid}\n${timeStamp}\n${nonceStr}\n${packageText}\n`)
    return { timeStamp, nonceStr, package: packageText, signType: 'RSA', paySign }
  }

  /** Whether a key of WeChat that this merchant knows signed exactly these bytes. */
  verifies(headers: { get(name: string): string | null }, raw: Buffer | string): boolean {
    const key = this.wechatKeys.get(headers.get('wechatpay-serial') ?? '')
    if (!key) return false
    const message = Buffer.concat([
      Buffer.from(`${headers.get('wechatpay-timestamp')}\n${headers.get('wechatpay-nonce')}\n`),
      Buffer.from(raw),
      Buffer.from('\n'),
    ])
    const signature = headers.get('wechatpay-signature') ?? ''
    return createVerify('RSA-SHA256').update(message).verify(key, signature, 'base64')
  }

  /** @throws when the authentication tag does not fit. */
  private unsealed({ ciphertext, nonce, associated_data }: ListedCertificate['encrypt_certificate']): string {
    const sealed = Buffer.from(ciphertext, 'base64')
    const { apiV3Key } = this.credentials
    const decipher = createDecipheriv('aes-256-gcm', Buffer.from(apiV3Key), Buffer.from(nonce))
    decipher.setAuthTag(sealed.subarray(-16))
    decipher.setAAD(Buffer.from(associated_data))
    return Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]).toString()
  }

  private sign(message: string): string {
    return createSign('RSA-SHA256').update(message).sign(this.credentials.privateKeyPem, 'base64')
  }
}
