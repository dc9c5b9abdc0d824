import { MINUTE, type Budget } from '../http/limits/budgets.rules.js'

/** These requests query WeChat Pay while the order is pending. */
export const ORDER_QUESTION: Budget = { name: 'order-question', by: 'account', most: 120, seconds: MINUTE }

/**
 * WeChat Pay sends from few addresses and repeats what is refused, so this budget of 1000 per second is very large.
 */
export const NOTIFICATION: Budget = {
  name: 'payment-notification',
  by: 'address',
  most: 60_000,
  seconds: MINUTE,
}
