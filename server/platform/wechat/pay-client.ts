import { Formatter, Rsa } from 'wechatpay-axios-plugin'
import { shanghaiTimestamp } from '../config/business-time.js'
import type { MerchantKeys } from './merchant-keys.js'
import type { Pauses } from './pauses.js'
import { PayRefusal, PayUnreachable } from './pay-errors.js'
import { openNotification } from './pay-notification.js'
import { ATTEMPT_TIMEOUT_MS, PATIENCE_MS, waitBeforeNext } from './pay-retry.rules.js'
import type { PayWire } from './pay-wire.js'
import type { SignatureHeaders } from './signed-message.js'
import { transactionOf, type Transaction, type TransactionBody } from './transaction.js'

/** All values come from the stored order, because WeChat refuses an order that is repeated with other parameters. */
export interface JsapiOrder {
  tradeNo: string
  description: string
  amountFen: number
  payerOpenid: string
  notifyUrl: string
  expiresAt: Date
}

/**
 * WeChat Pay v3 (JSAPI) for one merchant. `wechatpay-axios-plugin` signs requests and verifies answers. This adapter
 * adds types, manages the keys, and verifies notifications, which the library does not do.
 * Source: pay.weixin.qq.com, "小程序支付" and "签名验证".
 */
export class PayClient {
  constructor(
    readonly keys: MerchantKeys,
    private readonly wire: PayWire,
    private readonly pauses: Pauses,
  ) {}

  get mchid(): string {
    return this.keys.credentials.mchid
  }

  get appid(): string {
    return this.keys.credentials.appid
  }

  /**
   * Creates the order at WeChat. When the result is unknown, the same request is sent again for some seconds. This is
   * safe, because one trade number cannot become two orders.
   * @returns the prepay id, valid for 2 hours
   * @throws PayRefusal, PayUnreachable
   */
  async createOrder(order: JsapiOrder): Promise<string> {
    const data = {
      appid: this.appid,
      mchid: this.mchid,
      description: order.description,
      out_trade_no: order.tradeNo,
      time_expire: shanghaiTimestamp(order.expiresAt),
      notify_url: order.notifyUrl,
      amount: { total: order.amountFen, currency: 'CNY' },
      payer: { openid: order.payerOpenid },
    }
    const request = { method: 'POST', url: 'v3/pay/transactions/jsapi', data }
    return this.withRetry(
      async (timeoutMs) => (await this.wire.send<{ prepay_id: string }>(request, timeoutMs)).prepay_id,
    )
  }

  /** @returns null when WeChat does not know the order */
  async query(tradeNo: string): Promise<Transaction | null> {
    try {
      const body = await this.wire.send<TransactionBody>({
        method: 'GET',
        url: `v3/pay/transactions/out-trade-no/${encodeURIComponent(tradeNo)}`,
        params: { mchid: this.mchid },
      })
      // An answer about another order may be a replay of a genuine one.
      if (body.out_trade_no !== tradeNo) throw new PayUnreachable(200, undefined)
      return transactionOf(body)
    } catch (error) {
      if (error instanceof PayRefusal && error.orderIsUnknown) return null
      throw error
    }
  }

  async close(tradeNo: string): Promise<void> {
    await this.wire.send({
      method: 'POST',
      url: `v3/pay/transactions/out-trade-no/${encodeURIComponent(tradeNo)}/close`,
      data: { mchid: this.mchid },
    })
  }

  /** Arguments for `wx.requestPayment`, signed with the time `now`. */
  paymentRequest(prepayId: string, now: Date) {
    const timeStamp = String(Math.floor(now.getTime() / 1000))
    const nonceStr = Formatter.nonce()
    const prepay = `prepay_id=${prepayId}`
    const message = Formatter.joinedByLineFeed(this.appid, timeStamp, nonceStr, prepay)
    const paySign = Rsa.sign(message, this.keys.credentials.privateKey)
    return { timeStamp, nonceStr, package: prepay, signType: 'RSA' as const, paySign }
  }

  /** Verifies a notification and returns its transaction. @throws UnverifiedMessage */
  openNotification(rawBody: Buffer, headers: SignatureHeaders, now: Date): Promise<Transaction> {
    return openNotification(this.keys, rawBody, headers, now)
  }

  private async withRetry<T>(attempt: (timeoutMs: number) => Promise<T>): Promise<T> {
    const patience = performance.now() + PATIENCE_MS
    const left = () => patience - performance.now()
    for (let attempts = 1; ; attempts++) {
      try {
        return await attempt(Math.max(1, Math.min(ATTEMPT_TIMEOUT_MS, Math.round(left()))))
      } catch (error) {
        if (!(error instanceof PayUnreachable)) throw error
        const wait = waitBeforeNext(attempts, Math.random(), left(), error.retryAfterMs)
        if (wait === undefined) throw error
        await this.pauses.wait(wait)
      }
    }
  }
}
