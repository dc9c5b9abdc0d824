import { Injectable, Logger } from '@nestjs/common'
import { Audit } from '../audit/audit.js'
import { Clock } from '../config/clock.js'
import { Database } from '../database/database.js'
import { isDuplicate } from '../database/errors.js'
import { newId } from '../database/ids.js'
import { PayRefusal, type Transaction } from '../wechat/pay-client.js'
import { PayClients } from '../wechat/pay-clients.js'
import { MerchantAccounts } from './merchant-accounts.js'
import { PaymentDiscrepancy } from './payment-discrepancy.entity.js'
import { PaymentLine } from './payment-line.entity.js'
import { PaymentOrder } from './payment-order.entity.js'
import { PaymentSubjects } from './payment-subjects.js'
import { disagreement } from './payment.rules.js'

/** Where WeChat's word came from. */
export type Evidence = 'notification' | 'query'

/**
 * The only place where an order becomes paid. The notice, the question after paying and the clock all end here;
 * whoever is first wins, the others find it done.
 */
@Injectable()
export class Settlement {
  private readonly logger = new Logger(Settlement.name)

  constructor(
    private readonly database: Database,
    private readonly merchants: MerchantAccounts,
    private readonly subjects: PaymentSubjects,
    private readonly clients: PayClients,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** @param said what WeChat said, verified. Does nothing when the order is paid already */
  async settle(said: Transaction, evidence: Evidence): Promise<void> {
    const order = await this.database.repository(PaymentOrder).findOneBy({ tradeNo: said.tradeNo })
    // Possible after an older backup was restored: money came in that nobody here knows of.
    if (!order) return this.note(null, 'unknown-order', said)
    if (order.state === 'paid') return
    const merchant = await this.merchants.find(order.merchantAccountId)
    const appid = this.clients.of(merchant.mchid).appid
    const wrong = disagreement({ ...order, mchid: merchant.mchid, appid }, said)
    if (wrong) return this.note(order, wrong, said)
    if (order.state === 'closed') return this.note(order, 'paid-after-close', said)
    await this.database.atomically(() => this.markPaid(order, said, evidence))
  }

  /** Asks WeChat about a pending order and acts on the answer. */
  async ask(order: PaymentOrder): Promise<void> {
    const client = this.clients.of((await this.merchants.find(order.merchantAccountId)).mchid)
    const said = await client.query(order.tradeNo)
    if (said?.state === 'SUCCESS') return this.settle(said, 'query')
    if (said?.state === 'CLOSED') return this.abandon(order)
    if (order.expiresAt <= this.clock.now()) await this.close(order)
  }

  /** Closes an order at WeChat and here; one that turns out to be paid is settled instead. */
  async close(order: PaymentOrder): Promise<void> {
    const client = this.clients.of((await this.merchants.find(order.merchantAccountId)).mchid)
    const said = await client.query(order.tradeNo)
    if (said?.state === 'SUCCESS') return this.settle(said, 'query')
    // A number that WeChat never saw may still be on its way there: closing burns it, so it can never be paid.
    try {
      await client.close(order.tradeNo)
    } catch (error) {
      if (!(error instanceof PayRefusal)) throw error
      if (error.wechatCode === 'ORDERPAID') {
        const paid = await client.query(order.tradeNo)
        if (paid?.state === 'SUCCESS') return this.settle(paid, 'query')
      }
      const gone = ['ORDER_NOT_EXIST', 'RESOURCE_NOT_EXISTS', 'ORDER_CLOSED']
      if (!gone.includes(error.wechatCode)) throw error
    }
    await this.abandon(order)
  }

  /** Marks a pending order closed, so that its things can be paid by another. */
  async abandon(order: PaymentOrder): Promise<void> {
    await this.database.atomically(async () => {
      const closed = await this.database.changesOne(
        `UPDATE payment_order SET state = 'closed', closedAt = ? WHERE id = ? AND state = 'pending'`,
        [this.clock.now(), order.id],
      )
      if (!closed) return
      await this.release(order.id)
      await this.audit.record('payment.closed', {
        actorId: null,
        unitId: null,
        subjectId: order.id,
        data: { tradeNo: order.tradeNo },
      })
    })
  }

  private async markPaid(order: PaymentOrder, said: Transaction, evidence: Evidence): Promise<void> {
    const paidAt = said.paidAt ?? this.clock.now()
    const first = await this.database.changesOne(
      `UPDATE payment_order SET state = 'paid', transactionId = ?, paidAt = ? WHERE id = ? AND state = 'pending'`,
      [said.transactionId, paidAt, order.id],
    )
    if (!first) {
      // Somebody else was faster: done when they settled it, a discrepancy when they closed it.
      const now = await this.database.repository(PaymentOrder).findOneByOrFail({ id: order.id })
      return now.state === 'closed' ? this.note(order, 'paid-after-close', said) : undefined
    }
    const lines = await this.database.repository(PaymentLine).findBy({ orderId: order.id })
    await this.release(order.id)
    const subject = this.subjects.of(order.subject)
    const gone = await subject.onPaid(
      lines.map(({ subjectId }) => subjectId),
      { tradeNo: order.tradeNo, accountId: order.accountId, paidAt },
    )
    if (gone.length > 0) await this.note(order, 'subject-gone', said, gone)
    await this.audit.record('payment.paid', {
      actorId: null,
      unitId: null,
      subjectId: order.id,
      data: { tradeNo: order.tradeNo, amountFen: order.amountFen, evidence },
    })
  }

  private async release(orderId: string): Promise<void> {
    await this.database.repository(PaymentLine).update({ orderId }, { openKey: null })
  }

  private async note(
    order: PaymentOrder | null,
    kind: PaymentDiscrepancy['kind'],
    said: Transaction,
    subjectIds: string[] = [],
  ): Promise<void> {
    const { tradeNo } = said
    this.logger.error({ tradeNo, kind }, 'WeChat and our orders disagree')
    const discrepancies = this.database.repository(PaymentDiscrepancy)
    if (await discrepancies.existsBy({ tradeNo, kind })) return
    try {
      await discrepancies.insert({
        id: newId(),
        tradeNo,
        kind,
        evidence: {
          state: said.state,
          transactionId: said.transactionId,
          saidFen: said.amountFen,
          expectedFen: order?.amountFen ?? null,
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
