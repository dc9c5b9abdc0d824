import type { Faults } from '../control/faults.js'
import type { Route } from '../http/routes.js'
import type { MerchantRegistry } from '../state/merchant-registry.js'
import type { PlatformKeys } from '../state/platform-keys.js'
import { alteredTransaction } from './altered-transaction.js'
import { certificateList } from './certificate-list.js'
import { DIRECT, PARTNER, type MerchantMode } from './merchant-mode.js'
import type { OrderBook } from './order-book.js'
import { viewOrder } from './order-view.js'
import type { PayHandler, PayResult } from './pay-call.js'

export interface TransactionParts {
  orders: OrderBook
  merchants: MerchantRegistry
  keys: PlatformKeys
  faults: Faults
}

/** Routes to order, query and close for merchants and partners, and the list of platform certificates. */
export function transactionRoutes(parts: TransactionParts): Route<PayHandler>[] {
  return [
    ...routesOf(DIRECT, parts),
    ...routesOf(PARTNER, parts),
    {
      method: 'GET',
      pattern: '/v3/certificates',
      handle: ({ merchant }) => ({ body: certificateList(parts.keys, merchant) }),
    },
  ]
}

function routesOf(mode: MerchantMode, { orders, merchants, faults }: TransactionParts): Route<PayHandler>[] {
  const byTradeNo = `${mode.prefix}/out-trade-no/:tradeNo`
  const found = (order: ReturnType<OrderBook['byTradeNo']>): PayResult => ({
    body: alteredTransaction(viewOrder(order), faults, 'query'),
    race: { order, during: 'query' },
  })
  return [
    {
      method: 'POST',
      pattern: `${mode.prefix}/jsapi`,
      handle: ({ merchant, body }) => {
        const form = mode.readForm(body)
        mode.owner(merchants, merchant, (name) => body[name], 'body')
        const { order, prepayId } = orders.place(merchant, form)
        return { body: { prepay_id: prepayId }, race: { order, during: 'order' } }
      },
    },
    {
      method: 'GET',
      pattern: byTradeNo,
      handle: ({ merchant, query, params }) => {
        const owner = mode.owner(merchants, merchant, (name) => query.get(name), 'query')
        return found(orders.byTradeNo(owner, params['tradeNo'] ?? ''))
      },
    },
    {
      method: 'GET',
      pattern: `${mode.prefix}/id/:transactionId`,
      handle: ({ merchant, query, params }) => {
        const owner = mode.owner(merchants, merchant, (name) => query.get(name), 'query')
        return found(orders.byTransactionId(owner, params['transactionId'] ?? ''))
      },
    },
    {
      method: 'POST',
      pattern: `${byTradeNo}/close`,
      handle: ({ merchant, body, params }) => {
        const owner = mode.owner(merchants, merchant, (name) => body[name], 'body')
        orders.close(merchant, owner, params['tradeNo'] ?? '')
        return {}
      },
    },
  ]
}
