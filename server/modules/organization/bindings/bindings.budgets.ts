import { TEN_MINUTES, type Budget } from '../../../platform/http/limits/budgets.rules.js'

/** WeChat charges for every telephone number that it verifies. */
export const PHONE_NUMBER: Budget = { name: 'phone-number', by: 'account', most: 10, seconds: TEN_MINUTES }

/** Nobody may find out by guessing which members share a telephone. */
export const NAME_GUESS: Budget = { name: 'name-guess', by: 'account', most: 10, seconds: TEN_MINUTES }
