import { MINUTE, type Budget } from '../http/limits/budgets.rules.js'

/** Everybody at a meeting may sign in from the one address of an office. */
export const SIGN_IN: Budget = { name: 'sign-in', by: 'address', most: 600, seconds: MINUTE }
