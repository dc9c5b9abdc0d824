import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { SignedIn } from './callers.js'
import { MCHID, type WechatAnswers } from './wechat-answers.js'

export interface Payable {
  caller: SignedIn
  billId: string
}

/**
 * Opens payments and settles them by notification, so many a second, whether or not the ones before are done.
 * @param until resolves when no more are to be begun
 * @returns milliseconds of each, opening and settling together
 */
export async function payUntil(
  until: Promise<unknown>,
  url: string,
  wechat: WechatAnswers,
  payables: Payable[],
  perSecond: number,
): Promise<number[]> {
  const times: number[] = []
  const begun: Array<Promise<void>> = []
  let over = false
  const end = until.finally(() => (over = true))
  const startedAt = performance.now()
  for (let index = 0; !over; index++) {
    const payable = payables.shift()
    if (!payable) throw new Error('there are not enough unpaid bills')
    begun.push(
      pay(url, wechat, payable).then((milliseconds) => {
        times.push(milliseconds)
      }),
    )
    await pause(Math.max(0, startedAt + ((index + 1) * 1000) / perSecond - performance.now()))
  }
  await Promise.all([end, ...begun])
  return times
}

async function pay(url: string, wechat: WechatAnswers, { caller, billId }: Payable): Promise<number> {
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
