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

/** How we learned from WeChat that an order is paid. */
export type Evidence = 'notification' | 'query'

/** A payment that WeChat has reported and that agrees with the order. */
export interface PaidOrder {
  order: SettlingOrder
  said: Transaction
  evidence: Evidence
}

/** `not-pending`: another request was faster. `transaction-known`: this WeChat transaction has paid another order. */
export type Outcome = 'written' | 'not-pending' | 'transaction-known'

interface Waiting extends PaidOrder {
  resolve: (outcome: Outcome) => void
  reject: (error: unknown) => void
}

/** Orders in one transaction at most, so that others wait only briefly for its row locks. */
const MOST_TOGETHER = 16
/** While one transaction waits for a lock, the other one goes on. */
const TRANSACTIONS_AT_ONCE = 2

/**
 * Marks orders paid. Orders that arrive while two transactions are running wait, and the next transaction takes up to
 * 16 of them: one statement for the orders, one for their lines, one for their events. When one order of several is
 * not as expected, the transaction is rolled back and each order is written in its own transaction.
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

  /** Resolves after the commit. */
  write(paid: PaidOrder): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ ...paid, resolve, reject })
      // Outside the first caller's transaction, because the loop also writes the orders of other callers.
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

  /** @throws NotAllAsExpected when there are several orders and one of them is not as expected */
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
    // Things are locked before lines, as when an order is opened. The same order of locks avoids deadlocks.
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

/** One order of several is not as expected, so each order is written in its own transaction. */
class NotAllAsExpected extends Error {}

function giveUp(one: Waiting, error: unknown): void {
  if (isDuplicate(error)) one.resolve('transaction-known')
  else one.reject(error)
}
