/** So many requests in so many seconds, counted for each address or each account. */
export interface Budget {
  /** Also the label of the metric and the prefix of the key in the shared store. */
  name: string
  by: 'address' | 'account'
  most: number
  seconds: number
}

export const MINUTE = 60
export const TEN_MINUTES = 600

/**
 * An answer that is a file made of many rows takes a second to write, whatever stands in it: all routes that make one
 * share this budget.
 */
export const WORKBOOK: Budget = { name: 'workbook', by: 'account', most: 60, seconds: TEN_MINUTES }

export interface GeneralLimits {
  /** Requests a minute from one address: many phones may share it. */
  perAddress: number
  /** Requests a minute of one account: one person with a finger. */
  perAccount: number
}

/** What every request is counted against, unless its route says otherwise. */
export const generalBudgets = ({ perAddress, perAccount }: GeneralLimits): readonly Budget[] => [
  { name: 'address', by: 'address', most: perAddress, seconds: MINUTE },
  { name: 'account', by: 'account', most: perAccount, seconds: MINUTE },
]

/** What a route says about how often it may be called. */
export interface RouteLimits {
  /** Whether the budgets of every request count too. */
  general: boolean
  budgets: readonly Budget[]
}

/** @param limits what the route says; undefined where it says nothing, and where the address leads nowhere */
export function budgetsOf(limits: RouteLimits | undefined, general: readonly Budget[]): readonly Budget[] {
  if (!limits) return general
  return limits.general ? [...general, ...limits.budgets] : limits.budgets
}
