import { TEN_MINUTES, type Budget } from '../../../platform/http/limits/budgets.rules.js'

/** Enough to telephone all members of a branch in ten minutes, too few to copy a county. */
export const DISCLOSURE: Budget = { name: 'disclosure', by: 'account', most: 60, seconds: TEN_MINUTES }
