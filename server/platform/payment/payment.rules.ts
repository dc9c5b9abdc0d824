import { createHash, randomBytes } from 'node:crypto'
import type { Transaction } from '../wechat/pay-client.js'

/** WeChat keeps a prepay id for two hours; an order that is paid nowhere by then is closed. */
export const ORDER_LIFETIME_MS = 2 * 3600_000
/** A pending order is looked up once it is this old: the notice has usually come by then. */
export const ASK_AFTER_MS = 5 * 60_000

/** Letters and digits, 30 characters of the 32 allowed: the day for people, then chance. */
export const newTradeNo = (today: string): string =>
  `D${today.replaceAll('-', '')}${randomBytes(10).toString('hex').toUpperCase()}`

export const contentHash = (
  subject: string,
  lines: Array<{ subjectId: string; amountFen: number }>,
): string =>
  createHash('sha256')
    .update(JSON.stringify([subject, lines.map(({ subjectId }) => subjectId).sort()]))
    .digest('base64url')

interface Expected {
  amountFen: number
  payerOpenid: string
  mchid: string
  appid: string
}

/** In what respect WeChat's word differs from the order; null when all agrees. */
export function disagreement(order: Expected, said: Transaction): 'amount' | 'merchant' | 'payer' | null {
  if (said.mchid !== order.mchid || said.appid !== order.appid) return 'merchant'
  if (said.amountFen !== order.amountFen) return 'amount'
  if (said.payerOpenid !== order.payerOpenid) return 'payer'
  return null
}
