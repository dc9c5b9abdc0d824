import { MINUTE, type Budget } from '../../../platform/http/limits/budgets.rules.js'

/** Each request creates an order at WeChat Pay. */
export const ORDER: Budget = { name: 'order', by: 'account', most: 30, seconds: MINUTE }
