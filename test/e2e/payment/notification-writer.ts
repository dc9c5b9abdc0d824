import { createPrivateKey, type KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { notificationBody } from '../../../server/wechat-sandbox/pay/notification.js'
import { PlatformSigner, type SignOptions } from '../../../server/wechat-sandbox/pay/platform-signer.js'
import type { Cashier } from './cashier.js'

/** What a notification of WeChat says about a payment. */
export interface PaidTransaction {
  mchid: string
  appid: string
  out_trade_no: string
  transaction_id: string
  trade_state: string
  success_time: string
  amount: { total: number; payer_total: number; currency: string }
  payer: { openid: string }
}

interface Writing extends SignOptions {
  /** Instead of WeChat's own. */
  key?: KeyObject
  apiV3Key?: string
  /** Changes the bytes before they are signed. */
  rewrite?: (body: string) => string
  /** Whose address it is posted to. */
  mchid?: string
  /** What it says it is signed with, instead of the public key. */
  serial?: string
}

let transactions = 0

/** Writes notifications that WeChat could have written, and some that it never would. */
export class NotificationWriter {
  constructor(private readonly cashier: Cashier) {}

  /** That an order was paid exactly as it was placed. */
  async paid(tradeNo: string, otherwise: Partial<PaidTransaction> = {}): Promise<PaidTransaction> {
    const { amountFen, payerOpenid } = await this.cashier.stored(tradeNo)
    const { mchid, appid } = this.credentials
    transactions += 1
    return {
      mchid,
      appid,
      out_trade_no: tradeNo,
      transaction_id: `42000099${String(transactions).padStart(20, '0')}`,
      trade_state: 'SUCCESS',
      success_time: '2026-11-21T12:00:30+08:00',
      amount: { total: amountFen, payer_total: amountFen, currency: 'CNY' },
      payer: { openid: payerOpenid },
      ...otherwise,
    }
  }

  /** Encrypts, signs and posts it. @returns our answer */
  async post(transaction: PaidTransaction, writing: Writing = {}): Promise<number> {
    const { key = this.wechatKey(), rewrite, mchid, ...sign } = writing
    const { apiV3Key = this.credentials.apiV3Key, serial = this.credentials.wechatPublicKeyId } = writing
    const content = {
      id: 'EV-2026112112003000000000000000000001',
      createdAt: this.cashier.now().getTime(),
      eventType: 'TRANSACTION.SUCCESS',
      summary: '支付成功',
      originalType: 'transaction',
      resource: { ...transaction },
    }
    const plain = notificationBody(content, apiV3Key)
    const body = rewrite ? Buffer.from(rewrite(plain.toString())) : plain
    const identity = { serial, privateKey: key }
    const signer = new PlatformSigner([identity], () => this.cashier.now().getTime())
    return this.postRaw(body, signer.sign(body, sign), mchid)
  }

  async postRaw(body: Buffer | string, headers: Record<string, string>, mchid?: string): Promise<number> {
    const path = `/api/v1/payment-notifications/${mchid ?? this.credentials.mchid}`
    const answer = await fetch(this.cashier.world.baseUrl + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: new Uint8Array(Buffer.from(body)),
    })
    return answer.status
  }

  private get credentials() {
    return this.cashier.world.wechat.credentials()
  }

  private wechatKey(): KeyObject {
    return createPrivateKey(readFileSync(join(this.cashier.world.config.dataDir, 'wechat', 'wechat-key.pem')))
  }
}
