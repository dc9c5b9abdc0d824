/** Arguments of `wx.requestPayment`. */
export class PaymentRequest {
  timeStamp: string
  nonceStr: string
  package: string
  signType: 'RSA'
  paySign: string
}

export type PaymentState = 'pending' | 'paid' | 'closed'

export class Payment {
  tradeNo: string
  state: PaymentState
  amountFen: number
  /** Months covered, `YYYY-MM`, oldest first. */
  months: string[]
  /** Present while the payment can still be made. */
  request: PaymentRequest | null
  /** ISO 8601, UTC. */
  paidAt: string | null
}
