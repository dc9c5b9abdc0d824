import { Injectable, Logger, type OnModuleInit } from '@nestjs/common'
import { Clock } from '../config/clock.js'
import { Database } from '../database/database.js'
import { Metrics } from '../http/metrics.js'
import { Pulse } from '../jobs/pulse.js'
import { PaymentOrder } from './payment-order.entity.js'
import { ASK_AFTER_MS } from './payment.rules.js'
import { Settlement } from './settlement.js'

const MINUTE_MS = 60_000
const ORDERS_AT_ONCE = 100

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
  }

  /** Settles what was paid, closes what has expired. One order that fails does not stop the others. */
  async askPending(): Promise<void> {
    const orders = await this.database
      .repository(PaymentOrder)
      .createQueryBuilder('o')
      .where(`o.state = 'pending' AND o.createdAt <= :before`, {
        before: new Date(this.clock.now().getTime() - ASK_AFTER_MS),
      })
      .orderBy('o.createdAt')
      .take(ORDERS_AT_ONCE)
      .getMany()
    this.metrics.pendingOrders.set(orders.length)
    for (const order of orders) {
      try {
        await this.settlement.ask(order)
      } catch (error) {
        this.logger.warn({ tradeNo: order.tradeNo, error }, 'could not ask about an order')
      }
    }
  }
}
