import type { Payment } from '../../contracts/platform/payment.js'
import type { PaymentOrder } from './payment-order.entity.js'

/** An order as its payer sees it. */
export const presentPayment = (order: PaymentOrder, more: Pick<Payment, 'months' | 'request'>): Payment => ({
  tradeNo: order.tradeNo,
  state: order.state,
  amountFen: order.amountFen,
  paidAt: order.paidAt?.toISOString() ?? null,
  ...more,
})
