import { Injectable, Logger, type OnModuleInit } from '@nestjs/common'
import { IsNull } from 'typeorm'
import { Clock } from '../config/clock.js'
import { Database } from '../database/database.js'
import { isDuplicate } from '../database/errors.js'
import { newId } from '../database/ids.js'
import { Metrics } from '../http/metrics.js'
import type { Transaction } from '../wechat/transaction.js'
import { PaymentDiscrepancy, type DiscrepancyKind, type NumberedKind } from './payment-discrepancy.entity.js'

/** Attempts to take the next number at most. When all fail, WeChat sends the notification again. */
const MOST_ATTEMPTS = 5

/** Records where WeChat and our orders disagree, once each, for a person to check. */
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

  /** Whether a discrepancy was ever recorded for this order, closed or not. */
  concern(tradeNo: string): Promise<boolean> {
    return this.database.repository(PaymentDiscrepancy).existsBy({ tradeNo })
  }

  /**
   * Records a discrepancy once for each WeChat transaction. Every further transaction is other money, about which a
   * person has to decide.
   * @param expectedFen amount of the order in fen; null without an order
   * @param subjectIds things that could not be marked paid
   */
  async note(
    kind: DiscrepancyKind,
    said: Transaction,
    expectedFen: number | null,
    subjectIds: string[] = [],
  ): Promise<void> {
    const { tradeNo } = said
    for (let attempt = 1; ; attempt++) {
      const alike = (await this.of(tradeNo)).filter((row) => isOfKind(row.kind, kind))
      if (alike.some(({ evidence }) => evidence['transactionId'] === said.transactionId)) return
      const numbered = numberedKind(kind, alike.length + 1)
      try {
        await this.database.repository(PaymentDiscrepancy).insert({
          id: newId(),
          tradeNo,
          kind: numbered,
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
        this.logger.error({ tradeNo, kind: numbered }, 'WeChat and our orders disagree')
        return
      } catch (error) {
        // The same notification was recorded at the same time, or another one took the number. The next attempt reads
        // which.
        if (!isDuplicate(error) || attempt >= MOST_ATTEMPTS) throw error
      }
    }
  }

  private of(tradeNo: string): Promise<PaymentDiscrepancy[]> {
    return this.database.repository(PaymentDiscrepancy).findBy({ tradeNo })
  }
}

const isOfKind = (stored: NumberedKind, kind: DiscrepancyKind): boolean =>
  stored === kind || stored.startsWith(`${kind}-`)

const numberedKind = (kind: DiscrepancyKind, number: number): NumberedKind =>
  number === 1 ? kind : `${kind}-${number}`
