import { Injectable, Logger, type OnModuleInit } from '@nestjs/common'
import { Clock } from '../config/clock.js'
import { Database } from '../database/database.js'
import { Metrics } from '../http/metrics.js'
import { Pulse } from '../jobs/pulse.js'
import { PaymentOrder } from './payment-order.entity.js'
import { askAgainAfterMs } from './payment.rules.js'
import { Settlement } from './settlement.js'

const MINUTE_MS = 60_000
const ORDERS_AT_ONCE = 100
const MOST_BATCHES = 20

/** Notices get lost: every minute the clock asks WeChat about orders that are still pending. */
@Injectable()
export class PaymentJobs implements OnModuleInit {
  private readonly logger = new Logger(PaymentJobs.name)

  constructor(
    private readonly database: Database,
    private readonly settlement: Settlement,
    private readonly pulse: Pulse,
    private readonly metrics: Metrics,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.pulse.every(MINUTE_MS, 'payment.ask-pending', () => this.askPending())
    this.metrics.watch('zhibu_payment_pending_orders', 'Payment orders neither settled nor closed', () =>
      this.database.repository(PaymentOrder).countBy({ state: 'pending' }),
    )
  }

  /** Settles what was paid, closes what has expired. One order that fails does not stop the others. */
  async askPending(): Promise<void> {
    for (let batch = 0; batch < MOST_BATCHES; batch++) {
      const orders = await this.database
        .repository(PaymentOrder)
        .createQueryBuilder('o')
        .where(`o.state = 'pending' AND o.nextAskAt <= :now`, { now: this.clock.now() })
        .orderBy('o.nextAskAt')
        .take(ORDERS_AT_ONCE)
        .getMany()
      for (const order of orders) await this.ask(order)
      if (orders.length < ORDERS_AT_ONCE) return
    }
  }

  private async ask(order: PaymentOrder): Promise<void> {
    try {
      await this.settlement.ask(order)
      await this.askAgain(order, 0, MINUTE_MS)
    } catch (error) {
      this.logger.warn({ tradeNo: order.tradeNo, error }, 'could not ask about an order')
      await this.askAgain(order, order.asks + 1, askAgainAfterMs(order.asks))
    }
  }

  /** Those that cannot be asked about wait longer and longer; the others a minute, and not beyond their end. */
  private async askAgain(order: PaymentOrder, failures: number, waitMs: number): Promise<void> {
    const now = this.clock.now()
    const next = new Date(now.getTime() + waitMs)
    const ends = order.expiresAt > now && order.expiresAt < next
    await this.database
      .repository(PaymentOrder)
      .update(order.id, { asks: failures, nextAskAt: ends ? order.expiresAt : next })
  }
}
