import { Injectable } from '@nestjs/common'
import { Audit } from '../audit/audit.js'
import { Clock } from '../config/clock.js'
import { Database } from '../database/database.js'
import { placeholders } from '../database/dialect.js'
import { isDuplicate } from '../database/errors.js'
import type { Transaction } from '../wechat/transaction.js'
import { Discrepancies } from './discrepancies.js'
import { PaymentMilestones } from './payment-milestones.js'
import type { SettlingOrder } from './payment.queries.js'
import { PaymentSubjects } from './payment-subjects.js'

/** Where WeChat's word came from. */
export type Evidence = 'notification' | 'query'

/** News that an order was paid, compared with the order and found right. */
export interface PaidOrder {
  order: SettlingOrder
  said: Transaction
  evidence: Evidence
}

/** `not-pending`: another was faster. `transaction-known`: this transaction at WeChat has paid another order. */
export type Outcome = 'written' | 'not-pending' | 'transaction-known'

interface Waiting extends PaidOrder {
  resolve: (outcome: Outcome) => void
  reject: (error: unknown) => void
}

/** A transaction of so many orders is short enough for everybody who waits for one of its rows. */
const MOST_TOGETHER = 16
/** While one waits for somebody's lock the other goes on. */
const TRANSACTIONS_AT_ONCE = 2

/**
 * Writes down that orders are paid. Orders whose news arrives while two transactions are under way wait, and the next one
 * takes all that wait: one statement for the orders, one for their lines, one for their events. When something in a
 * transaction of several is not as expected, each of them is written by itself.
 */
@Injectable()
export class SettlementWriter {
  private readonly waiting: Waiting[] = []
  private underWay = 0

  constructor(
    private readonly database: Database,
    private readonly subjects: PaymentSubjects,
    private readonly discrepancies: Discrepancies,
    private readonly audit: Audit,
    private readonly milestones: PaymentMilestones,
    private readonly clock: Clock,
  ) {}

  /** Resolves when it is committed. */
  write(paid: PaidOrder): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ ...paid, resolve, reject })
      // Apart from whoever happens to be first: the orders that follow are not theirs.
      if (this.underWay < TRANSACTIONS_AT_ONCE) void this.database.apart(() => this.writeWaiting())
    })
  }

  private async writeWaiting(): Promise<void> {
    this.underWay += 1
    while (this.waiting.length > 0) {
      const together = this.waiting.splice(0, MOST_TOGETHER)
      await this.writeTogether(together).catch((error: unknown) => this.writeOneByOne(together, error))
    }
    this.underWay -= 1
  }

  private async writeTogether(together: Waiting[]): Promise<void> {
    const outcome = await this.database.transaction(() => this.markPaid(together))
    for (const one of together) {
      if (outcome === 'written') this.milestones.reached('settlement-committed')
      one.resolve(outcome)
    }
  }

  private async writeOneByOne(together: Waiting[], failure: unknown): Promise<void> {
    const [first] = together
    if (first && together.length === 1) return giveUp(first, failure)
    for (const one of together) await this.writeTogether([one]).catch((error: unknown) => giveUp(one, error))
  }

  /** @throws NotAllAsExpected when they are several and not all of them are as expected */
  private async markPaid(together: readonly PaidOrder[]): Promise<Outcome> {
    const isAlone = together.length === 1
    const now = this.clock.now()
    const paid = together.map((one) => ({ ...one, paidAt: one.said.paidAt ?? now }))
    if ((await this.markOrders(paid)) < paid.length) {
      if (isAlone) return 'not-pending'
      throw new NotAllAsExpected()
    }
    for (const { order, said, paidAt } of paid) {
      const gone = await this.subjects.of(order.subject).onPaid({ ...order, paidAt })
      if (gone.length > 0 && !isAlone) throw new NotAllAsExpected()
      if (gone.length > 0) await this.discrepancies.note('subject-gone', said, order.amountFen, gone)
    }
    // Things before lines, like those who claim: who locks in the same order does not lock each other out.
    await this.releaseLines(paid)
    await this.audit.recordMany(
      'payment.paid',
      paid.map(({ order: { id, tradeNo, amountFen }, evidence }) => ({
        actorId: null,
        unitId: null,
        subjectId: id,
        data: { tradeNo, amountFen, evidence },
      })),
    )
    this.milestones.reached('settlement-written')
    return 'written'
  }

  /** @returns how many of them were pending and are paid now */
  private markOrders(paid: Array<PaidOrder & { paidAt: Date }>): Promise<number> {
    const ids = paid.map(({ order }) => order.id)
    const byId = `CASE id ${ids.map(() => 'WHEN ? THEN ?').join(' ')} END`
    return this.database.executePrepared(
      `UPDATE payment_order SET state = 'paid', transactionId = ${byId}, paidAt = ${byId}
       WHERE id IN (${placeholders(ids)}) AND state = 'pending'`,
      [
        ...paid.flatMap(({ order, said }) => [order.id, said.transactionId]),
        ...paid.flatMap(({ order, paidAt }) => [order.id, paidAt]),
        ...ids,
      ],
    )
  }

  private async releaseLines(paid: PaidOrder[]): Promise<void> {
    const ids = paid.map(({ order }) => order.id)
    await this.database.executePrepared(
      `UPDATE payment_line SET openKey = NULL WHERE orderId IN (${placeholders(ids)})`,
      ids,
    )
  }
}

/** Something is not as it usually is: everybody is looked at alone. */
class NotAllAsExpected extends Error {}

function giveUp(one: Waiting, error: unknown): void {
  if (isDuplicate(error)) one.resolve('transaction-known')
  else one.reject(error)
}
