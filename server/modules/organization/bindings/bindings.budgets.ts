import { TEN_MINUTES, type Budget } from '../../../platform/http/limits/budgets.rules.js'

/** WeChat charges for every number that it vouches for. */
export const PHONE_NUMBER: Budget = { name: 'phone-number', by: 'account', most: 10, seconds: TEN_MINUTES }

/** Who shares a telephone is not for guessing. */
export const NAME_GUESS: Budget = { name: 'name-guess', by: 'account', most: 10, seconds: TEN_MINUTES }
