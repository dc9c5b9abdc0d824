/** The state of an order at WeChat, from a query or a notification. */
export interface Transaction {
  tradeNo: string
  state: 'SUCCESS' | 'REFUND' | 'NOTPAY' | 'CLOSED' | 'REVOKED' | 'USERPAYING' | 'PAYERROR'
  transactionId: string | null
  amountFen: number
  mchid: string
  appid: string
  payerOpenid: string | null
  paidAt: Date | null
}

/** The same in WeChat's JSON. */
export interface TransactionBody {
  out_trade_no: string
  trade_state: Transaction['state']
  transaction_id?: string
  amount?: { total?: number }
  mchid: string
  appid: string
  payer?: { openid?: string }
  success_time?: string
}

export function transactionOf(body: TransactionBody): Transaction {
  return {
    tradeNo: body.out_trade_no,
    state: body.trade_state,
    transactionId: body.transaction_id ?? null,
    amountFen: body.amount?.total ?? 0,
    mchid: body.mchid,
    appid: body.appid,
    payerOpenid: body.payer?.openid ?? null,
    paidAt: body.success_time ? new Date(body.success_time) : null,
  }
}
