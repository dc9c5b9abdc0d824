/** At most `most` requests in `seconds` seconds, counted for each address or each account. */
export interface Budget {
  /** Also the label of the metric and the prefix of the key in the shared store. */
  name: string
  by: 'address' | 'account'
  most: number
  seconds: number
}

export const MINUTE = 60
export const TEN_MINUTES = 600

/** Writing a file of many rows takes about a second. So all routes that write such files share this budget. */
export const WORKBOOK: Budget = { name: 'workbook', by: 'account', most: 60, seconds: TEN_MINUTES }

export interface GeneralLimits {
  /** Requests per minute from one address, which many phones may share. */
  perAddress: number
  /** Requests per minute of one account, which is one person. */
  perAccount: number
}

/** The budgets that every request counts against, unless its route says otherwise. */
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

/** @param limits of the route; undefined when the route declares none, and when no route has this address */
export function budgetsOf(limits: RouteLimits | undefined, general: readonly Budget[]): readonly Budget[] {
  if (!limits) return general
  return limits.general ? [...general, ...limits.budgets] : limits.budgets
}
