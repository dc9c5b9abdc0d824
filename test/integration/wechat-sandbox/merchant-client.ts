import { createSign, createVerify, randomUUID } from 'node:crypto'
import type { PaymentParams } from '../../../server/wechat-sandbox/pay/payment-sheet.js'
import type { MerchantCredentials } from '../../../server/wechat-sandbox/state/merchant-registry.js'

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

/** A merchant's server written from the protocol alone: it shares no code with the stand-in. */
export class MerchantClient {
  constructor(
    private readonly baseUrl: string,
    readonly credentials: MerchantCredentials,
    private readonly now: () => number,
  ) {}

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

  /** Whether WeChat's key signed exactly these bytes. */
  verifies(headers: { get(name: string): string | null }, raw: Buffer | string): boolean {
    if (headers.get('wechatpay-serial') !== this.credentials.wechatPublicKeyId) return false
    const message = Buffer.concat([
      Buffer.from(`${headers.get('wechatpay-timestamp')}\n${headers.get('wechatpay-nonce')}\n`),
      Buffer.from(raw),
      Buffer.from('\n'),
    ])
    const signature = headers.get('wechatpay-signature') ?? ''
    return createVerify('RSA-SHA256')
      .update(message)
      .verify(this.credentials.wechatPublicKeyPem, signature, 'base64')
  }

  private sign(message: string): string {
    return createSign('RSA-SHA256').update(message).sign(this.credentials.privateKeyPem, 'base64')
  }
}
