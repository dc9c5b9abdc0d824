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
 * The race that a payer can win: the money and its notification arrive while an answer is still on its way, which
 * therefore says what was true before.
 */
export class EarlyPayment {
  constructor(private readonly parts: EarlyPaymentParts) {}

  /** Pays the order if that was planned, and returns when its notification was delivered once. */
  async strike({ order, during }: PaymentRace): Promise<void> {
    const { faults, orders, notifier, stateFile } = this.parts
    if (tradeState(order) !== 'NOTPAY') return
    if (!faults.take('notification-early', (fault) => fault.during === during)) return
    orders.markPaid(order)
    const delivery = notifier.prepare(order)
    await stateFile.commit()
    await notifier.deliverNow(delivery)
  }
}
