import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, Matches } from 'class-validator'

export class PayBills {
  /** Bills of mine that are not paid; the server computes the amount. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(24)
  @ArrayUnique()
  @Matches(/^[0-9A-Za-z]{1,40}$/, { each: true })
  billIds: string[]
}

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
