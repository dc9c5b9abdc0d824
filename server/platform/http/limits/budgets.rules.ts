/** So many requests in so many seconds, counted for each address or each account. */
export interface Budget {
  /** Also the label of the metric and the prefix of the key in the shared store. */
  name: string
  by: 'address' | 'account'
  most: number
  seconds: number
}

const MINUTE = 60
const TEN_MINUTES = 600

const budget = (name: string, by: Budget['by'], most: number, seconds: number): Budget => ({
  name,
  by,
  most,
  seconds,
})

/**
 * What is dearer than others: an answer of WeChat that is paid for or rationed, a file that takes a second to
 * read or write, a number that is not for collecting. The figures are what a person in a hurry needs, a few times over.
 */
const SIGN_IN = budget('sign-in', 'address', 600, MINUTE) // a whole meeting behind one address of an office
const PHONE_NUMBER = budget('phone-number', 'account', 10, TEN_MINUTES) // WeChat charges for every number
const NAME_GUESS = budget('name-guess', 'account', 10, TEN_MINUTES) // who shares a telephone is not for guessing
const ORDER = budget('order', 'account', 30, MINUTE) // an order at WeChat Pay
const ORDER_QUESTION = budget('order-question', 'account', 120, MINUTE) // asks WeChat Pay while it is pending
const UPLOAD = budget('upload', 'account', 60, TEN_MINUTES) // 32 MiB encrypted and stored; a job reads them
const WORKBOOK = budget('workbook', 'account', 60, TEN_MINUTES) // every bill of a county written into a file
const DISCLOSURE = budget('disclosure', 'account', 60, TEN_MINUTES) // a branch telephoned through, not a county copied
/** WeChat Pay comes from few addresses and repeats what is refused: a thousand a second is no limit to it. */
const NOTIFICATION = budget('payment-notification', 'address', 60_000, MINUTE)

/** Instead of the budgets of every request: a monitor or WeChat is no visitor. */
const APART: ReadonlyMap<string, readonly Budget[]> = new Map([
  ['GET /healthz', []],
  ['GET /readyz', []],
  ['GET /metrics', []],
  ['POST /api/v1/payment-notifications/:mchid', [NOTIFICATION]],
])

/** Besides the budgets of every request. */
const DEARER: ReadonlyMap<string, Budget> = new Map([
  ['POST /api/v1/sessions', SIGN_IN],
  ['POST /api/v1/bindings', PHONE_NUMBER],
  ['POST /api/v1/bindings/:id/name', NAME_GUESS],
  ['POST /api/v1/payments', ORDER],
  ['GET /api/v1/payments/:tradeNo', ORDER_QUESTION],
  ['DELETE /api/v1/payments/:tradeNo', ORDER_QUESTION],
  ['POST /api/v1/roster-imports', UPLOAD],
  ['GET /api/v1/roster-imports/:id/refused-rows', WORKBOOK],
  ['GET /api/v1/dues-ledger/workbook', WORKBOOK],
  ['GET /api/v1/dues-ledger/document', WORKBOOK],
  ['POST /api/v1/members/:id/disclosures', DISCLOSURE],
])

/** The patterns of the two tables, each of which must be a route. */
export const LIMITED_ROUTES: readonly string[] = [...APART.keys(), ...DEARER.keys()]

export interface GeneralLimits {
  /** Requests a minute from one address: many phones may share it. */
  perAddress: number
  /** Requests a minute of one account: one person with a finger. */
  perAccount: number
}

/** @returns which budgets a request is counted against, by its method and the pattern of its route */
export function budgetTable({ perAddress, perAccount }: GeneralLimits) {
  const general: readonly Budget[] = [
    budget('address', 'address', perAddress, MINUTE),
    budget('account', 'account', perAccount, MINUTE),
  ]
  const special = new Map<string, readonly Budget[]>([
    ...[...DEARER].map(([route, dearer]) => [route, [...general, dearer]] as const),
    ...APART,
  ])
  return {
    /** @param pattern undefined when the address leads nowhere, which counts all the same */
    of: (method: string, pattern: string | undefined): readonly Budget[] =>
      // Every GET also answers HEAD, at the same cost.
      special.get(`${method === 'HEAD' ? 'GET' : method} ${pattern}`) ?? general,
    all: [...new Set([...general, ...[...special.values()].flat()])],
  }
}

export type BudgetTable = ReturnType<typeof budgetTable>
