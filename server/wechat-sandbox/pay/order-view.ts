import type { JsonObject } from '../http/json.js'
import { beijingTime } from '../state/clock.js'
import { tradeState, type Order, type TradeState } from '../state/sandbox-state.js'

const DESCRIPTION: Record<TradeState, string> = {
  SUCCESS: '支付成功',
  NOTPAY: '订单未支付',
  CLOSED: '订单已关闭',
}

/** An order in the form that queries and notifications use. */
export function viewOrder(order: Order): JsonObject {
  const state = tradeState(order)
  const { payment } = order
  const base = {
    ...parties(order),
    out_trade_no: order.tradeNo,
    trade_state_desc: DESCRIPTION[state],
    trade_state: state,
    promotion_detail: [],
  }
  if (!payment) return { ...base, attach: '', amount: { total: order.totalFen, currency: 'CNY' }, payer: {} }
  return {
    transaction_id: payment.transactionId,
    amount: {
      payer_total: order.totalFen,
      total: order.totalFen,
      currency: 'CNY',
      payer_currency: 'CNY',
    },
    ...base,
    trade_type: 'JSAPI',
    bank_type: 'OTHERS',
    success_time: beijingTime(payment.paidAt),
    attach: order.attach ?? '',
    payer: { [order.payerField]: order.payerOpenid },
  }
}

function parties({ mchid, appid, subMchid, subAppid }: Order): JsonObject {
  if (subMchid === undefined) return { mchid, appid }
  const subApp = subAppid === undefined ? {} : { sub_appid: subAppid }
  return { sp_mchid: mchid, sp_appid: appid, sub_mchid: subMchid, ...subApp }
}
