import { Injectable, Logger, type OnModuleInit } from '@nestjs/common'
import { IsNull } from 'typeorm'
import { Clock } from '../config/clock.js'
import { Database } from '../database/database.js'
import { isDuplicate } from '../database/errors.js'
import { newId } from '../database/ids.js'
import { Metrics } from '../http/metrics.js'
import type { Transaction } from '../wechat/transaction.js'
import { PaymentDiscrepancy } from './payment-discrepancy.entity.js'

/** Where WeChat and we disagree, written down once for a person to look at. */
@Injectable()
export class Discrepancies implements OnModuleInit {
  private readonly logger = new Logger(Discrepancies.name)

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    this.metrics.watch(
      'zhibu_payment_discrepancies_open',
      'Payments about which WeChat and our orders disagree and nobody has decided yet',
      () => this.database.repository(PaymentDiscrepancy).countBy({ closedAt: IsNull() }),
    )
  }

  /** Whether WeChat's word and the order have ever disagreed, decided or not. */
  concern(tradeNo: string): Promise<boolean> {
    return this.database.repository(PaymentDiscrepancy).existsBy({ tradeNo })
  }

  /**
   * @param expectedFen what the order says; null without an order
   * @param subjectIds what could not be marked paid
   */
  async note(
    kind: PaymentDiscrepancy['kind'],
    said: Transaction,
    expectedFen: number | null,
    subjectIds: string[] = [],
  ): Promise<void> {
    const { tradeNo } = said
    const discrepancies = this.database.repository(PaymentDiscrepancy)
    if (await discrepancies.existsBy({ tradeNo, kind })) return
    this.logger.error({ tradeNo, kind }, 'WeChat and our orders disagree')
    try {
      await discrepancies.insert({
        id: newId(),
        tradeNo,
        kind,
        evidence: {
          state: said.state,
          transactionId: said.transactionId,
          saidFen: said.amountFen,
          expectedFen,
          mchid: said.mchid,
          subjectIds: subjectIds.join(' '),
        },
        noticedAt: this.clock.now(),
        closedAt: null,
      })
    } catch (error) {
      // The same notice came twice at once.
      if (!isDuplicate(error)) throw error
    }
  }
}
