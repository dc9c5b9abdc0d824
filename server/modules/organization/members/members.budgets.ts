import { TEN_MINUTES, type Budget } from '../../../platform/http/limits/budgets.rules.js'

/** A branch is telephoned through in ten minutes, a county is not copied. */
export const DISCLOSURE: Budget = { name: 'disclosure', by: 'account', most: 60, seconds: TEN_MINUTES }
