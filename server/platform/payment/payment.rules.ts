import { createHash, randomBytes } from 'node:crypto'
import type { Transaction } from '../wechat/transaction.js'

/** WeChat keeps a prepay id for two hours. An order that is not paid by then is closed. */
export const ORDER_LIFETIME_MS = 2 * 3600_000
/** Ms after which a pending order is queried at WeChat. The notification has usually come by then. */
export const ASK_AFTER_MS = 5 * 60_000

/** 29 letters and digits of the 32 allowed: `D`, the day for people, and 20 random hexadecimal digits. */
export const newTradeNo = (today: string): string =>
  `D${today.replaceAll('-', '')}${randomBytes(10).toString('hex').toUpperCase()}`

/** Unique among the lines of pending orders, so a thing is in at most one pending order. */
export const openKeyOf = (subject: string, subjectId: string): string => `${subject}:${subjectId}`

/** Fingerprint of what an order is for. */
export const contentHash = (subject: string, subjectIds: string[]): string =>
  createHash('sha256')
    .update(JSON.stringify([subject, [...subjectIds].sort()]))
    .digest('base64url')

const LONGEST_WAIT_MS = 3600_000

/** Ms to wait after so many failed queries in a row: one minute, doubled each time, one hour at most. */
export const askAgainAfterMs = (failures: number): number => Math.min(60_000 * 2 ** failures, LONGEST_WAIT_MS)

interface Expected {
  amountFen: number
  payerOpenid: string
  mchid: string
  appid: string
}

/** In what WeChat's transaction differs from the order; null when both agree. */
export function disagreement(order: Expected, said: Transaction): 'amount' | 'merchant' | 'payer' | null {
  if (said.mchid !== order.mchid || said.appid !== order.appid) return 'merchant'
  if (said.amountFen !== order.amountFen) return 'amount'
  if (said.payerOpenid !== order.payerOpenid) return 'payer'
  return null
}
