import type { Faults, TransactionAlteration } from '../control/faults.js'
import { isJsonObject, type JsonObject } from '../http/json.js'

/**
 * Applies the next planned alteration to the transaction in a message. The message is still encrypted and signed
 * correctly, so a receiver notices the change only when it compares the transaction with its own order.
 */
export function alteredTransaction(
  view: JsonObject,
  faults: Faults,
  message: 'notification' | 'query',
): JsonObject {
  const fault = faults.take('transaction-altered', (each) => (each.message ?? message) === message)
  return fault ? alter(view, fault) : view
}

function alter(view: JsonObject, change: TransactionAlteration): JsonObject {
  const { amountFen, payerOpenid, mchid, appid, tradeNo, transactionId } = change
  const partner = 'sp_mchid' in view
  const altered = { ...view }
  const amount = isJsonObject(view['amount']) ? view['amount'] : {}
  const payer = isJsonObject(view['payer']) ? view['payer'] : {}
  if (amountFen !== undefined) altered['amount'] = { ...amount, total: amountFen, payer_total: amountFen }
  if (payerOpenid !== undefined) {
    const field = partner ? (Object.keys(payer)[0] ?? 'sp_openid') : 'openid'
    altered['payer'] = { ...payer, [field]: payerOpenid }
  }
  // In a partner's transaction the sub-merchant is changed, because it receives the money.
  if (mchid !== undefined) altered[partner ? 'sub_mchid' : 'mchid'] = mchid
  if (appid !== undefined) altered[partner ? 'sp_appid' : 'appid'] = appid
  if (tradeNo !== undefined) altered['out_trade_no'] = tradeNo
  if (transactionId !== undefined) altered['transaction_id'] = transactionId
  return altered
}
