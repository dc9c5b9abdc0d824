import type { JsonObject } from '../http/json.js'
import type { PathParams } from '../http/routes.js'
import type { Merchant } from '../state/merchant-registry.js'
import type { Order } from '../state/sandbox-state.js'

export interface PayCall {
  merchant: Merchant
  params: PathParams
  query: URLSearchParams
  /** Empty for GET. */
  body: JsonObject
}

export interface PayResult {
  /** Absent: the answer is 204. */
  body?: JsonObject
  /** The order that a planned fault may pay before this answer is sent. */
  race?: PaymentRace
}

export interface PaymentRace {
  order: Order
  during: 'order' | 'query'
}

export type PayHandler = (call: PayCall) => PayResult
