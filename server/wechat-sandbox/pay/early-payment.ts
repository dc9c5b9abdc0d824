import type { Faults } from '../control/faults.js'
import { tradeState } from '../state/sandbox-state.js'
import type { StateFile } from '../state/state-file.js'
import type { Notifier } from './notifier.js'
import type { OrderBook } from './order-book.js'
import type { PaymentRace } from './pay-call.js'

export interface EarlyPaymentParts {
  faults: Faults
  orders: OrderBook
  notifier: Notifier
  stateFile: StateFile
}

/**
 * A race: the payer pays, and the notification arrives, before the merchant receives the answer to its call. That
 * answer still shows the state before the payment.
 */
export class EarlyPayment {
  constructor(private readonly parts: EarlyPaymentParts) {}

  /** Pays the order if a fault planned it. Resolves after one delivery attempt of the notification. */
  async payIfPlanned({ order, during }: PaymentRace): Promise<void> {
    const { faults, orders, notifier, stateFile } = this.parts
    if (tradeState(order) !== 'NOTPAY') return
    if (!faults.take('notification-early', (fault) => fault.during === during)) return
    orders.markPaid(order)
    const delivery = notifier.prepare(order)
    await stateFile.commit()
    await notifier.deliverNow(delivery)
  }
}
