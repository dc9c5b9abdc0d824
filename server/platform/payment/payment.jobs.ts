import { Injectable, Logger, type OnModuleInit } from '@nestjs/common'
import { Clock } from '../config/clock.js'
import { Database } from '../database/database.js'
import { Metrics } from '../http/metrics.js'
import { Scheduler } from '../jobs/scheduler.js'
import { PayClients } from '../wechat/pay-clients.js'
import { PayUnreachable } from '../wechat/pay-errors.js'
import { Discrepancies } from './discrepancies.js'
import { PaymentOrder } from './payment-order.entity.js'
import { askAgainAfterMs } from './payment.rules.js'
import { Settlement } from './settlement.js'

const MINUTE_MS = 60_000
const ORDERS_AT_ONCE = 100
const MOST_BATCHES = 20
/** After so many unanswered queries in a row WeChat is unreachable. Each further query would only time out too. */
const SILENCES_UNTIL_LATER = 3

/** Notifications can get lost, so WeChat is asked every minute about orders that are still pending. */
@Injectable()
export class PaymentJobs implements OnModuleInit {
  private readonly logger = new Logger(PaymentJobs.name)

  constructor(
    private readonly database: Database,
    private readonly settlement: Settlement,
    private readonly discrepancies: Discrepancies,
    private readonly clients: PayClients,
    private readonly scheduler: Scheduler,
    private readonly metrics: Metrics,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.scheduler.every(MINUTE_MS, 'payment.ask-pending', () => this.askPending())
    // Every process has its own copy of the keys.
    this.scheduler.everywhere(MINUTE_MS, 'payment.keep-keys-fresh', () => this.clients.keepFresh())
    this.metrics.watch('zhibu_payment_pending_orders', 'Payment orders neither settled nor closed', () =>
      this.database.repository(PaymentOrder).countBy({ state: 'pending' }),
    )
  }

  /**
   * Settles paid orders and closes expired ones. An order that fails does not stop the others. When WeChat is
   * unreachable, the other orders wait for the next run.
   */
  async askPending(): Promise<void> {
    let silences = 0
    for (let batch = 0; batch < MOST_BATCHES; batch++) {
      const orders = await this.database
        .repository(PaymentOrder)
        .createQueryBuilder('o')
        .where(`o.state = 'pending' AND o.nextAskAt <= :now`, { now: this.clock.now() })
        .orderBy('o.nextAskAt')
        .take(ORDERS_AT_ONCE)
        .getMany()
      for (const order of orders) {
        silences = (await this.ask(order)) === 'silence' ? silences + 1 : 0
        if (silences >= SILENCES_UNTIL_LATER) return
      }
      if (orders.length < ORDERS_AT_ONCE) return
    }
  }

  private async ask(order: PaymentOrder): Promise<'answer' | 'silence'> {
    try {
      await this.settlement.ask(order)
      // A person has to decide about a discrepancy, so this order is not queried every minute.
      if (await this.discrepancies.concern(order.tradeNo)) await this.askLater(order)
      else await this.askAgain(order, 0, MINUTE_MS)
      return 'answer'
    } catch (error) {
      this.logger.warn({ tradeNo: order.tradeNo, error }, 'an order could not be queried at WeChat Pay')
      await this.askLater(order)
      return error instanceof PayUnreachable && error.concernsEverybody ? 'silence' : 'answer'
    }
  }

  /** An order whose query fails, or that has a discrepancy, waits longer each time. */
  private askLater(order: PaymentOrder): Promise<void> {
    return this.askAgain(order, order.asks + 1, askAgainAfterMs(order.asks))
  }

  /** Queries the order at its expiry at the latest, because it has to be closed then. */
  private async askAgain(order: PaymentOrder, asks: number, waitMs: number): Promise<void> {
    const now = this.clock.now()
    const next = new Date(now.getTime() + waitMs)
    const ends = order.expiresAt > now && order.expiresAt < next
    await this.database
      .repository(PaymentOrder)
      .update(order.id, { asks, nextAskAt: ends ? order.expiresAt : next })
  }
}
