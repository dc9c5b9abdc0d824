import { Injectable } from '@nestjs/common'
import { Audit } from '../audit/audit.js'
import { Clock } from '../config/clock.js'
import { Database } from '../database/database.js'
import type { PayClient } from '../wechat/pay-client.js'
import { PayRefusal } from '../wechat/pay-errors.js'
import { PayClients } from '../wechat/pay-clients.js'
import type { Transaction } from '../wechat/transaction.js'
import { Discrepancies } from './discrepancies.js'
import { MerchantAccounts } from './merchant-accounts.js'
import { PaymentOrder } from './payment-order.entity.js'
import { PaymentSubjects } from './payment-subjects.js'
import { PaymentQueries, type SettlingOrder } from './payment.queries.js'
import { disagreement } from './payment.rules.js'
import { SettlementWriter, type Evidence } from './settlement-writer.js'

/**
 * The only place where an order becomes paid. The notification, the query after paying and the scheduled query all
 * end here. The first one settles the order; the others find it settled.
 */
@Injectable()
export class Settlement {
  constructor(
    private readonly database: Database,
    private readonly queries: PaymentQueries,
    private readonly merchants: MerchantAccounts,
    private readonly subjects: PaymentSubjects,
    private readonly writer: SettlementWriter,
    private readonly discrepancies: Discrepancies,
    private readonly clients: PayClients,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /**
   * Settles an order, or records a discrepancy. Does nothing when this transaction has paid the order already.
   * @param said WeChat's transaction, verified
   */
  async settle(said: Transaction, evidence: Evidence): Promise<void> {
    const order = await this.queries.settling(said.tradeNo)
    // This can happen after an older backup was restored: WeChat knows an order that the database does not.
    if (!order) return this.discrepancies.note('unknown-order', said, null)
    if (order.state === 'paid') return this.compareWithBooked(order, said)
    const { mchid, appid } = await this.clientOf(order)
    const wrong = disagreement({ ...order, mchid, appid }, said)
    if (wrong) return this.discrepancies.note(wrong, said, order.amountFen)
    if (order.state === 'closed') return this.discrepancies.note('paid-after-close', said, order.amountFen)
    const outcome = await this.writer.write({ order, said, evidence })
    if (outcome === 'written') return
    // One WeChat transaction pays one order, so this is no new money.
    if (outcome === 'transaction-known') return this.discrepancies.note('transaction', said, order.amountFen)
    // Another request was faster. If it settled the order, the transactions are compared. If it closed the order, the
    // money is a discrepancy.
    const now = await this.queries.settling(said.tradeNo)
    if (now?.state === 'paid') return this.compareWithBooked(now, said)
    await this.discrepancies.note('paid-after-close', said, order.amountFen)
  }

  /** Queries a pending order at WeChat and acts on the answer. */
  async ask(order: PaymentOrder): Promise<void> {
    const said = await (await this.clientOf(order)).query(order.tradeNo)
    if (said && (await this.settleWhatWasPaid(said, order))) return
    if (said?.state === 'CLOSED') return this.abandon(order)
    if (order.expiresAt <= this.clock.now()) await this.close(order)
  }

  /** Closes an order at WeChat and here. An order that turns out to be paid is settled instead. */
  async close(order: PaymentOrder): Promise<void> {
    const client = await this.clientOf(order)
    const said = await client.query(order.tradeNo)
    if (said && (await this.settleWhatWasPaid(said, order))) return
    // An order that WeChat does not know may still be on its way there. Closing its number makes sure that nobody can
    // pay it.
    try {
      await client.close(order.tradeNo)
    } catch (error) {
      if (!(error instanceof PayRefusal)) throw error
      if (error.wechatCode === 'ORDERPAID') {
        const paid = await client.query(order.tradeNo)
        if (paid && (await this.settleWhatWasPaid(paid, order))) return
      }
      if (!error.orderIsUnknown && error.wechatCode !== 'ORDER_CLOSED') throw error
    }
    await this.abandon(order)
  }

  /** Marks a pending order closed, so that another order can pay for its things. */
  async abandon(order: PaymentOrder): Promise<void> {
    await this.database.transaction(async () => {
      const closed = await this.database.compareAndSet(
        `UPDATE payment_order SET state = 'closed', closedAt = ? WHERE id = ? AND state = 'pending'`,
        [this.clock.now(), order.id],
      )
      if (!closed) return
      await this.release(order)
      await this.audit.record('payment.closed', {
        actorId: null,
        unitId: null,
        subjectId: order.id,
        data: { tradeNo: order.tradeNo },
      })
    })
  }

  /** @returns true when money came in for the order, so that it is not closed */
  private async settleWhatWasPaid(said: Transaction, order: PaymentOrder): Promise<boolean> {
    if (said.state === 'SUCCESS') await this.settle(said, 'query')
    // Paid and refunded outside of this system. A person has to decide what is owed now.
    else if (said.state === 'REFUND') await this.discrepancies.note('refunded', said, order.amountFen)
    else return false
    return true
  }

  /**
   * The same transaction again changes nothing. Another transaction for the same order is money that nobody booked.
   */
  private async compareWithBooked(order: SettlingOrder, said: Transaction): Promise<void> {
    if (said.transactionId === order.transactionId) return
    await this.discrepancies.note('transaction', said, order.amountFen)
  }

  private async release({ id, subject }: PaymentOrder): Promise<void> {
    await this.database.executePrepared('UPDATE payment_line SET openKey = NULL WHERE orderId = ?', [id])
    await this.subjects.of(subject).onReleased(await this.queries.thingsOf(id))
  }

  private async clientOf({ merchantAccountId }: { merchantAccountId: string }): Promise<PayClient> {
    return this.clients.of(await this.merchants.mchidOf(merchantAccountId))
  }
}
