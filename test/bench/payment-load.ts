import { randomUUID } from 'node:crypto'
import type { Payable } from './unpaid-bills.js'
import { MCHID, type WechatAnswers } from './wechat-answers.js'

/**
 * Opens a payment and settles it by notification.
 * @returns milliseconds, opening and settling together; signing the notification is WeChat's work and does not count
 */
export async function pay(url: string, wechat: WechatAnswers, { caller, billId }: Payable): Promise<number> {
  const openedAt = performance.now()
  const opened = await fetch(`${url}/api/v1/payments`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${caller.token}`,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
    },
    body: JSON.stringify({ billIds: [billId] }),
  })
  const text = await opened.text()
  const opening = performance.now() - openedAt
  if (!opened.ok) throw new Error(`opening a payment: ${opened.status} ${text}`)
  const { tradeNo, amountFen } = JSON.parse(text) as { tradeNo: string; amountFen: number }
  const notification = wechat.notification({ tradeNo, amountFen, openid: caller.openid })
  const settledAt = performance.now()
  const settled = await fetch(`${url}/api/v1/payment-notifications/${MCHID}`, {
    method: 'POST',
    ...notification,
  })
  if (settled.status !== 204) throw new Error(`settling: ${settled.status} ${await settled.text()}`)
  return opening + performance.now() - settledAt
}
