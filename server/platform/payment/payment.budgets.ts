import { MINUTE, type Budget } from '../http/limits/budgets.rules.js'

/** Asks WeChat Pay while the order is pending. */
export const ORDER_QUESTION: Budget = { name: 'order-question', by: 'account', most: 120, seconds: MINUTE }

/** WeChat Pay comes from few addresses and repeats what is refused: a thousand a second is no limit to it. */
export const NOTIFICATION: Budget = {
  name: 'payment-notification',
  by: 'address',
  most: 60_000,
  seconds: MINUTE,
}
