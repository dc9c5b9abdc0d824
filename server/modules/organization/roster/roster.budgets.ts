import { TEN_MINUTES, type Budget } from '../../../platform/http/limits/budgets.rules.js'

/** Up to 32 MiB are encrypted and stored, and a job reads them. */
export const UPLOAD: Budget = { name: 'upload', by: 'account', most: 60, seconds: TEN_MINUTES }
