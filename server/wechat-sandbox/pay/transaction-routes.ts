import type { JsonObject } from '../http/json.js'
import type { PathParams, Route } from '../http/routes.js'
import type { Merchant, MerchantRegistry } from '../state/merchant-registry.js'
import type { PlatformKeys } from '../state/platform-keys.js'
import { UNDOCUMENTED } from '../undocumented.js'
import { certificateList } from './certificate-list.js'
import type { OrderBook } from './order-book.js'
import { readOrderForm } from './order-form.js'
import { viewOrder } from './order-view.js'
import { PayError } from './pay-error.js'

export interface PayCall {
  merchant: Merchant
  params: PathParams
  query: URLSearchParams
  /** Empty for GET. */
  body: JsonObject
}

/** `undefined` answers 204. */
export type PayHandler = (call: PayCall) => JsonObject | undefined

export const ORDER_PATTERN = '/v3/pay/transactions/jsapi'
const BY_TRADE_NO = '/v3/pay/transactions/out-trade-no/:tradeNo'
const BY_TRANSACTION_ID = '/v3/pay/transactions/id/:transactionId'

/** Ordering, querying and closing, and the list of platform certificates. */
export function transactionRoutes(
  orders: OrderBook,
  merchants: MerchantRegistry,
  keys: PlatformKeys,
): Route<PayHandler>[] {
  const checkMchid = (merchant: Merchant, mchid: unknown, field: string): void => {
    if (typeof mchid !== 'string' || mchid === '') throw PayError.param(field, '参数不能为空：mchid')
    if (mchid === merchant.mchid) return
    if (merchants.find(mchid)) throw PayError.of(UNDOCUMENTED.foreignMerchant)
    throw new PayError(400, 'MCH_NOT_EXISTS', '商户号不存在')
  }
  return [
    {
      method: 'POST',
      pattern: ORDER_PATTERN,
      handle: ({ merchant, body }) => ({ prepay_id: orders.place(merchant, readOrderForm(body)) }),
    },
    {
      method: 'GET',
      pattern: BY_TRADE_NO,
      handle: ({ merchant, query, params }) => {
        checkMchid(merchant, query.get('mchid'), '/query/mchid')
        return viewOrder(orders.byTradeNo(merchant.mchid, params['tradeNo'] ?? ''))
      },
    },
    {
      method: 'GET',
      pattern: BY_TRANSACTION_ID,
      handle: ({ merchant, query, params }) => {
        checkMchid(merchant, query.get('mchid'), '/query/mchid')
        return viewOrder(orders.byTransactionId(merchant.mchid, params['transactionId'] ?? ''))
      },
    },
    {
      method: 'POST',
      pattern: `${BY_TRADE_NO}/close`,
      handle: ({ merchant, body, params }) => {
        checkMchid(merchant, body['mchid'], '/body/mchid')
        orders.close(merchant, params['tradeNo'] ?? '')
        return undefined
      },
    },
    {
      method: 'GET',
      pattern: '/v3/certificates',
      handle: ({ merchant }) => certificateList(keys, merchant),
    },
  ]
}
