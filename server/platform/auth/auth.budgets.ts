import { MINUTE, type Budget } from '../http/limits/budgets.rules.js'

/** A whole meeting signs in behind one address of an office. */
export const SIGN_IN: Budget = { name: 'sign-in', by: 'address', most: 600, seconds: MINUTE }
