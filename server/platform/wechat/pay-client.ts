import { createPublicKey, type KeyObject } from 'node:crypto'
import { Logger } from '@nestjs/common'
import { isAxiosError, type AxiosInstance, type AxiosRequestConfig } from 'axios'
import { Aes, Formatter, Rsa, Wechatpay } from 'wechatpay-axios-plugin'
import { shanghaiTimestamp } from '../config/business-time.js'
import { Upstream } from '../http/errors.js'
import type { PayCredentials } from './pay-credentials.js'

const TIMEOUT_MS = 8_000
/** Both directions: an older message may be a replay, a newer one comes from a wrong clock. */
const CLOCK_TOLERANCE_S = 300

export interface JsapiOrder {
  tradeNo: string
  description: string
  amountFen: number
  payerOpenid: string
  notifyUrl: string
  expiresAt: Date
}

/** What WeChat says of an order, from a query or a notice. */
export interface Transaction {
  tradeNo: string
  state: 'SUCCESS' | 'REFUND' | 'NOTPAY' | 'CLOSED' | 'REVOKED' | 'USERPAYING' | 'PAYERROR'
  transactionId: string | null
  amountFen: number
  mchid: string
  appid: string
  payerOpenid: string | null
  paidAt: Date | null
}

interface TransactionBody {
  out_trade_no: string
  trade_state: Transaction['state']
  transaction_id?: string
  amount?: { total?: number }
  mchid: string
  appid: string
  payer?: { openid?: string }
  success_time?: string
}

/** WeChat Pay answered with an error of its own. Whoever cannot do anything about it lets it pass to the person. */
export class PayRefusal extends Upstream {
  constructor(
    /** WeChat's own code, such as `ORDERPAID`. */
    readonly wechatCode: string,
    /** WeChat's own words, for the log. */
    readonly wechatMessage: string,
  ) {
    super('wechat-pay.refused', '微信支付暂时没有受理，没有扣款。请稍后再试；如果一直这样，请告诉管理员。')
  }
}

/** A message that claims to be from WeChat Pay and is not, or is too old. */
export class UnverifiedMessage extends Error {}

export interface NotificationHeaders {
  timestamp: string
  nonce: string
  serial: string
  signature: string
}

/**
 * WeChat Pay v3 (JSAPI) for one merchant, in public-key mode. Requests are signed and answers verified by
 * `wechatpay-axios-plugin`; this adapter gives types, and verifies notices, which the library leaves to its users.
 * Source: pay.weixin.qq.com, "小程序支付" and "签名验证".
 */
export class PayClient {
  private readonly logger = new Logger(PayClient.name)
  private readonly http: AxiosInstance
  private readonly wechatKeys: Map<string, KeyObject>

  constructor(
    private readonly credentials: PayCredentials,
    payUrl: string,
  ) {
    const { mchid, certificateSerial, privateKeyPem, wechatPublicKeyId, wechatPublicKeyPem } = credentials
    this.wechatKeys = new Map([[wechatPublicKeyId, createPublicKey(wechatPublicKeyPem)]])
    this.http = new Wechatpay({
      baseURL: `${payUrl}/`,
      mchid,
      serial: certificateSerial,
      privateKey: privateKeyPem,
      certs: { [wechatPublicKeyId]: wechatPublicKeyPem },
      timeout: TIMEOUT_MS,
      // The library would read proxies from the environment; payment goes to WeChat directly.
      proxy: false,
    } as ConstructorParameters<typeof Wechatpay>[0]).client.v3
  }

  get mchid(): string {
    return this.credentials.mchid
  }

  get appid(): string {
    return this.credentials.appid
  }

  /** Makes the order known to WeChat; the same order may be sent again. @returns the prepay id, valid for 2 hours */
  async createOrder(order: JsapiOrder): Promise<string> {
    const answer = await this.send<{ prepay_id: string }>({
      method: 'POST',
      url: 'v3/pay/transactions/jsapi',
      data: {
        appid: this.appid,
        mchid: this.mchid,
        description: order.description,
        out_trade_no: order.tradeNo,
        time_expire: shanghaiTimestamp(order.expiresAt),
        notify_url: order.notifyUrl,
        amount: { total: order.amountFen, currency: 'CNY' },
        payer: { openid: order.payerOpenid },
      },
    })
    return answer.prepay_id
  }

  /** @returns null when WeChat has never heard of the order */
  async query(tradeNo: string): Promise<Transaction | null> {
    try {
      const body = await this.send<TransactionBody>({
        method: 'GET',
        url: `v3/pay/transactions/out-trade-no/${encodeURIComponent(tradeNo)}`,
        params: { mchid: this.mchid },
      })
      return transactionOf(body)
    } catch (error) {
      const unknown = ['ORDER_NOT_EXIST', 'RESOURCE_NOT_EXISTS', 'ORDERNOTEXIST']
      if (error instanceof PayRefusal && unknown.includes(error.wechatCode)) return null
      throw error
    }
  }

  async close(tradeNo: string): Promise<void> {
    await this.send({
      method: 'POST',
      url: `v3/pay/transactions/out-trade-no/${encodeURIComponent(tradeNo)}/close`,
      data: { mchid: this.mchid },
    })
  }

  /** Arguments for `wx.requestPayment`, signed for this moment. */
  paymentRequest(prepayId: string, now: Date) {
    const timeStamp = String(Math.floor(now.getTime() / 1000))
    const nonceStr = Formatter.nonce()
    const prepay = `prepay_id=${prepayId}`
    const message = Formatter.joinedByLineFeed(this.appid, timeStamp, nonceStr, prepay)
    const paySign = Rsa.sign(message, this.credentials.privateKeyPem)
    return { timeStamp, nonceStr, package: prepay, signType: 'RSA' as const, paySign }
  }

  /**
   * Verifies a notice over its raw bytes, decrypts it and only then hands out what it says.
   * @throws UnverifiedMessage
   */
  openNotification(rawBody: Buffer, headers: NotificationHeaders, now: Date): Transaction {
    const { timestamp, nonce, serial, signature } = headers
    const age = Math.abs(now.getTime() / 1000 - Number(timestamp))
    if (!(age <= CLOCK_TOLERANCE_S)) throw new UnverifiedMessage('timestamp outside ±5 minutes')
    const key = this.wechatKeys.get(serial)
    if (!key) throw new UnverifiedMessage(`unknown key ${serial.slice(0, 60)}`)
    const signed = Formatter.response(timestamp, nonce, rawBody.toString('utf8'))
    if (!Rsa.verify(signed, signature, key)) throw new UnverifiedMessage('signature does not match')
    return transactionOf(this.decrypted(rawBody))
  }

  private decrypted(rawBody: Buffer): TransactionBody {
    try {
      const { resource } = JSON.parse(rawBody.toString('utf8')) as {
        resource: { ciphertext: string; nonce: string; associated_data?: string }
      }
      const clear = Aes.AesGcm.decrypt(
        resource.ciphertext,
        this.credentials.apiV3Key,
        resource.nonce,
        resource.associated_data ?? '',
      )
      return JSON.parse(clear) as TransactionBody
    } catch {
      throw new UnverifiedMessage('content does not decrypt')
    }
  }

  private async send<T>(request: AxiosRequestConfig): Promise<T> {
    try {
      // Without this header WeChat may answer with the signature of a platform certificate.
      const headers = { 'Wechatpay-Serial': this.credentials.wechatPublicKeyId }
      return (await this.http.request<T>({ ...request, headers })).data
    } catch (error) {
      const body: unknown = isAxiosError(error) ? error.response?.data : undefined
      const status = isAxiosError(error) ? (error.response?.status ?? 0) : 0
      const code = (body as { code?: unknown } | undefined)?.code
      this.logger.warn(
        {
          url: request.url?.split('?')[0],
          status,
          code,
          reason: error instanceof Error ? error.message : '',
        },
        'WeChat Pay did not do it',
      )
      if (status >= 400 && status < 500 && status !== 429 && typeof code === 'string') {
        throw new PayRefusal(code, messageOf(body) ?? code)
      }
      throw new Upstream('wechat-pay.unreachable', '暂时连接不上微信支付，没有扣款。请稍后再试。')
    }
  }
}

/** WeChat's own words, for our log. */
function messageOf(body: unknown): string | undefined {
  const message = (body as { message?: unknown } | undefined)?.message
  return typeof message === 'string' ? message : undefined
}

function transactionOf(body: TransactionBody): Transaction {
  return {
    tradeNo: body.out_trade_no,
    state: body.trade_state,
    transactionId: body.transaction_id ?? null,
    amountFen: body.amount?.total ?? 0,
    mchid: body.mchid,
    appid: body.appid,
    payerOpenid: body.payer?.openid ?? null,
    paidAt: body.success_time ? new Date(body.success_time) : null,
  }
}
