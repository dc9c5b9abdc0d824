import { createHash, randomBytes } from 'node:crypto'
import type { Transaction } from '../wechat/transaction.js'

/** WeChat keeps a prepay id for two hours; an order that is paid nowhere by then is closed. */
export const ORDER_LIFETIME_MS = 2 * 3600_000
/** A pending order is looked up once it is this old: the notification has usually come by then. */
export const ASK_AFTER_MS = 5 * 60_000

/** Letters and digits, 30 characters of the 32 allowed: the day for people, then chance. */
export const newTradeNo = (today: string): string =>
  `D${today.replaceAll('-', '')}${randomBytes(10).toString('hex').toUpperCase()}`

/** Unique among the lines of pending orders: one thing is in one of them at most. */
export const openKeyOf = (subject: string, subjectId: string): string => `${subject}:${subjectId}`

/** Fingerprint of what an order is for. */
export const contentHash = (subject: string, subjectIds: string[]): string =>
  createHash('sha256')
    .update(JSON.stringify([subject, [...subjectIds].sort()]))
    .digest('base64url')

const LONGEST_WAIT_MS = 3600_000

/** How long to wait after asking has failed so often in a row: doubling, an hour at most. */
export const askAgainAfterMs = (failures: number): number => Math.min(60_000 * 2 ** failures, LONGEST_WAIT_MS)

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
