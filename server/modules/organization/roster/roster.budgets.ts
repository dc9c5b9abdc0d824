import { TEN_MINUTES, type Budget } from '../../../platform/http/limits/budgets.rules.js'

/** Each upload encrypts and stores up to 32 MiB, and a job reads them. */
export const UPLOAD: Budget = { name: 'upload', by: 'account', most: 60, seconds: TEN_MINUTES }
