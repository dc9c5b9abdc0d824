import { Injectable } from '@nestjs/common'
import { Audit } from '../audit/audit.js'
import { Clock } from '../config/clock.js'
import { Database } from '../database/database.js'
import { placeholders, roundedUp, valueById } from '../database/dialect.js'
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
  /** Milliseconds, of the monotonic clock. */
  since: number
  resolve: (outcome: Outcome) => void
  reject: (error: unknown) => void
}

/** A transaction of so many orders is short enough for everybody who waits for one of its rows. */
const MOST_TOGETHER = 16
/** So many are worth a transaction beside one that is under way: small ones cost more for each order. */
const WORTH_ANOTHER = 8
/** Nobody waits longer for a transaction that may itself be waiting for somebody's lock. */
const PATIENCE_MS = 250
const TRANSACTIONS_AT_ONCE = 4

/**
 * Writes down that orders are paid. On the day after a reminder notifications come by the hundred, so those that arrive while
 * others are being written wait for them and go together in the next transaction; one that is alone goes at once.
 * When a transaction of several fails, each of them is written by itself: nobody's news hangs on another's.
 */
@Injectable()
export class SettlementWriter {
  private readonly waiting: Waiting[] = []
  private underWay = 0
  private lookAgain: NodeJS.Timeout | undefined

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
      this.waiting.push({ ...paid, since: performance.now(), resolve, reject })
      if (this.isTimeFor(this.underWay + 1)) this.begin()
      else this.lookAgain ??= setTimeout(() => this.afterPatience(), PATIENCE_MS)
    })
  }

  /** Apart from whoever happens to be first: the orders that follow are not theirs. */
  private begin(): void {
    void this.database.apart(() => this.writeWaiting())
  }

  private afterPatience(): void {
    this.lookAgain = undefined
    if (this.isTimeFor(this.underWay + 1)) this.begin()
    if (this.waiting.length > 0) this.lookAgain = setTimeout(() => this.afterPatience(), PATIENCE_MS)
  }

  /** @param transactions how many there would be under way with the one in question */
  private isTimeFor(transactions: number): boolean {
    const [first] = this.waiting
    if (!first || transactions > TRANSACTIONS_AT_ONCE) return false
    if (transactions === 1 || this.waiting.length >= WORTH_ANOTHER) return true
    return performance.now() - first.since >= PATIENCE_MS
  }

  private async writeWaiting(): Promise<void> {
    this.underWay += 1
    while (this.isTimeFor(this.underWay)) {
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
  private async markPaid(together: readonly Waiting[]): Promise<Outcome> {
    const alone = together.length === 1
    const paid = together.map(({ order, said }) => ({
      ...order,
      said,
      paidAt: said.paidAt ?? this.clock.now(),
    }))
    if ((await this.markOrders(paid)) < paid.length) {
      if (alone) return 'not-pending'
      throw new NotAllAsExpected()
    }
    for (const subject of new Set(paid.map((order) => order.subject))) {
      const gone = await this.subjects.of(subject).onPaid(paid.filter((order) => order.subject === subject))
      if (gone.length === 0) continue
      if (!alone) throw new NotAllAsExpected()
      for (const { said, amountFen } of paid)
        await this.discrepancies.note('subject-gone', said, amountFen, gone)
    }
    // Things before lines, like those who claim: who locks in the same order does not lock each other out.
    await this.release(paid.map(({ id }) => id))
    await this.audit.recordMany(
      'payment.paid',
      together.map(({ order: { id, tradeNo, amountFen }, evidence }) => ({
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
  private markOrders(paid: Array<{ id: string; paidAt: Date; said: Transaction }>): Promise<number> {
    const marked = roundedUp(paid)
    const each = valueById(marked.length)
    const ids = marked.map(({ id }) => id)
    return this.database.executePrepared(
      `UPDATE payment_order SET state = 'paid', transactionId = ${each}, paidAt = ${each}
       WHERE id IN (${placeholders(ids)}) AND state = 'pending'`,
      [
        ...marked.flatMap(({ id, said }) => [id, said.transactionId]),
        ...marked.flatMap(({ id, paidAt }) => [id, paidAt]),
        ...ids,
      ],
    )
  }

  private async release(orderIds: string[]): Promise<void> {
    const released = roundedUp(orderIds)
    await this.database.executePrepared(
      `UPDATE payment_line SET openKey = NULL WHERE orderId IN (${placeholders(released)})`,
      released,
    )
  }
}

/** Something is not as it usually is: everybody is looked at alone. */
class NotAllAsExpected extends Error {}

function giveUp(one: Waiting, error: unknown): void {
  if (isDuplicate(error)) one.resolve('transaction-known')
  else one.reject(error)
}
