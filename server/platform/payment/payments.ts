import { Injectable, Logger } from '@nestjs/common'
import { In } from 'typeorm'
import type { Payment } from '../../contracts/platform/payment.js'
import type { Actor } from '../access/actor.js'
import { Audit } from '../audit/audit.js'
import { Clock } from '../config/clock.js'
import { Config } from '../config/config.js'
import { Database } from '../database/database.js'
import { isDuplicate } from '../database/errors.js'
import { newId } from '../database/ids.js'
import { Conflict, NotFound, Upstream } from '../http/errors.js'
import { PayRefusal } from '../wechat/pay-errors.js'
import { PayClients } from '../wechat/pay-clients.js'
import { Discrepancies } from './discrepancies.js'
import { MerchantAccounts } from './merchant-accounts.js'
import { PaymentLine } from './payment-line.entity.js'
import { PaymentMilestones } from './payment-milestones.js'
import { PaymentOrder } from './payment-order.entity.js'
import { presentPayment } from './payment.presenter.js'
import { PaymentQueries } from './payment.queries.js'
import { PaymentSubjects } from './payment-subjects.js'
import { ASK_AFTER_MS, contentHash, newTradeNo, openKeyOf, ORDER_LIFETIME_MS } from './payment.rules.js'
import { Settlement } from './settlement.js'

export interface OpenPayment {
  actor: Actor
  subject: string
  /** Ids of the things to pay; the subject says what they cost. */
  subjectIds: string[]
  /** Shown on WeChat's pay sheet, at most 127 characters. */
  description: string
  idempotencyKey: string
}

/** The only way for money to come in. Orders are opened here, and only `Settlement` marks them paid. */
@Injectable()
export class Payments {
  private readonly logger = new Logger(Payments.name)

  constructor(
    private readonly database: Database,
    private readonly merchants: MerchantAccounts,
    private readonly subjects: PaymentSubjects,
    private readonly queries: PaymentQueries,
    private readonly discrepancies: Discrepancies,
    private readonly settlement: Settlement,
    private readonly clients: PayClients,
    private readonly audit: Audit,
    private readonly milestones: PaymentMilestones,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /**
   * Commits an order, then asks WeChat for a prepay id. A repeated call with the same key, or for the same things,
   * returns the same order.
   * @throws Conflict when a thing is in another account's pending order or in an order under review, when the key was
   * used with other content, or when WeChat refuses the order
   */
  async open(request: OpenPayment): Promise<Payment> {
    const order =
      (await this.repeated(request)) ?? (await this.pendingTwin(request)) ?? (await this.insert(request))
    return this.present(await this.withPrepayId(order))
  }

  /** The actor's own payment. A pending order is first queried at WeChat, so that its state is up to date. */
  async find(actor: Actor, tradeNo: string): Promise<Payment> {
    const order = await this.own(actor, tradeNo)
    if (order.state === 'pending') await this.askUnlessOutOfReach(order)
    return this.present(await this.own(actor, tradeNo))
  }

  /** Cancels a pending payment. A payment that was paid in the meantime is settled instead. */
  async giveUp(actor: Actor, tradeNo: string): Promise<Payment> {
    const order = await this.own(actor, tradeNo)
    if (order.state === 'pending') await this.settlement.close(order)
    return this.present(await this.own(actor, tradeNo))
  }

  private async repeated(request: OpenPayment): Promise<PaymentOrder | null> {
    const { actor, idempotencyKey, subject, subjectIds } = request
    const order = await this.database
      .repository(PaymentOrder)
      .findOneBy({ accountId: actor.accountId, idempotencyKey })
    if (order && order.contentHash !== contentHash(subject, subjectIds)) {
      throw new Conflict('request.key-reused', '这次支付的内容变了，请返回账单重新选择。')
    }
    return order && (await this.isUnderReview(order)) ? this.reviewed(order) : order
  }

  /**
   * Reuses the actor's own pending order for exactly these things. Closes one that overlaps differently, so that a
   * new order can be opened: the person cancelled the payment and then chose other months.
   */
  private async pendingTwin({ actor, subject, subjectIds }: OpenPayment): Promise<PaymentOrder | null> {
    const open = await this.database
      .repository(PaymentLine)
      .findBy({ openKey: In(subjectIds.map((subjectId) => openKeyOf(subject, subjectId))) })
    const orders = await this.database
      .repository(PaymentOrder)
      .findBy({ id: In(open.map(({ orderId }) => orderId)), accountId: actor.accountId })
    const wanted = contentHash(subject, subjectIds)
    for (const order of orders) {
      if (await this.isUnderReview(order)) {
        await this.reviewed(order)
        continue
      }
      const stillGood = order.contentHash === wanted && order.expiresAt > this.clock.now()
      if (stillGood) return order
      await this.settlement.close(order)
    }
    return null
  }

  private async isUnderReview({ state, tradeNo }: PaymentOrder): Promise<boolean> {
    return state === 'pending' && (await this.discrepancies.concern(tradeNo))
  }

  /**
   * Money may have come in for a disputed order, so nobody is asked to pay it again. But WeChat may agree by now.
   * @returns the order, paid or closed
   * @throws Conflict while the order is still disputed
   */
  private async reviewed(order: PaymentOrder): Promise<PaymentOrder> {
    await this.settlement.close(order)
    const current = await this.database.repository(PaymentOrder).findOneByOrFail({ id: order.id })
    if (current.state === 'pending') throw this.underReview(order.subject)
    return current
  }

  private async insert(request: OpenPayment): Promise<PaymentOrder> {
    try {
      const order = await this.database.transaction(() => this.insertClaimed(request))
      this.milestones.reached('order-committed')
      return order
    } catch (error) {
      if (!isDuplicate(error)) throw error
      const winner = await this.repeated(request)
      if (winner) return winner
      if (await this.queries.areUnderReview(request.subject, request.subjectIds))
        throw this.underReview(request.subject)
      throw new Conflict('payment.already-open', '这笔费用正在另一部手机上支付。请等几分钟，再刷新看看结果。')
    }
  }

  private async insertClaimed(request: OpenPayment): Promise<PaymentOrder> {
    const { actor, subject, subjectIds, description, idempotencyKey } = request
    const seller = this.subjects.of(subject)
    const owed = await seller.claim(subjectIds)
    const unitIds = owed.map(({ unitId }) => unitId)
    const merchant = await this.merchants.collectingAll(unitIds, seller.contact)
    const createdAt = this.clock.now()
    const order: PaymentOrder = {
      id: newId(),
      tradeNo: newTradeNo(this.clock.today()),
      subject,
      merchantAccountId: merchant.id,
      accountId: actor.accountId,
      payerOpenid: actor.openid,
      amountFen: owed.reduce((sum, { amountFen }) => sum + amountFen, 0),
      description,
      state: 'pending',
      idempotencyKey,
      contentHash: contentHash(subject, subjectIds),
      notifyUrl: this.notifyUrl(merchant.mchid),
      prepayId: null,
      transactionId: null,
      createdAt,
      expiresAt: new Date(createdAt.getTime() + ORDER_LIFETIME_MS),
      nextAskAt: new Date(createdAt.getTime() + ASK_AFTER_MS),
      asks: 0,
      paidAt: null,
      closedAt: null,
    }
    await this.database.repository(PaymentOrder).insert(order)
    await this.database.repository(PaymentLine).insert(
      owed.map(({ subjectId, amountFen, unitId }) => ({
        id: newId(),
        orderId: order.id,
        subjectId,
        amountFen,
        unitId,
        openKey: openKeyOf(subject, subjectId),
      })),
    )
    await this.audit.record('payment.opened', {
      actorId: actor.accountId,
      unitId: merchant.nodeId,
      subjectId: order.id,
      data: { tradeNo: order.tradeNo, amountFen: order.amountFen },
    })
    return order
  }

  /** Call it outside any transaction, because it calls WeChat. The order is already committed. */
  private async withPrepayId(order: PaymentOrder): Promise<PaymentOrder> {
    if (order.state !== 'pending' || order.prepayId) return order
    const client = this.clients.of(await this.merchants.mchidOf(order.merchantAccountId))
    try {
      const prepayId = await client.createOrder({
        tradeNo: order.tradeNo,
        description: order.description,
        amountFen: order.amountFen,
        payerOpenid: order.payerOpenid,
        notifyUrl: order.notifyUrl ?? this.notifyUrl(client.mchid),
        expiresAt: order.expiresAt,
      })
      this.milestones.reached('prepay-known')
      await this.database.execute(
        `UPDATE payment_order SET prepayId = ? WHERE id = ? AND state = 'pending'`,
        [prepayId, order.id],
      )
    } catch (error) {
      if (!(error instanceof PayRefusal)) throw error
      this.logger.warn({ tradeNo: order.tradeNo, refusal: error.wechatCode }, 'WeChat Pay refused an order')
      // Another request may have got a prepay id for this order. So the order is over only once WeChat has closed it.
      await this.settlement.close(order)
    }
    // Read again, because the order may have been paid or closed while WeChat answered.
    const current = await this.database.repository(PaymentOrder).findOneByOrFail({ id: order.id })
    if (current.state === 'closed') {
      throw new Conflict('payment.refused', '微信支付没有接受这笔订单，没有扣款。请返回账单重新发起。')
    }
    return current
  }

  private notifyUrl(mchid: string): string {
    return `${this.config.publicUrl}/api/v1/payment-notifications/${mchid}`
  }

  /** When WeChat does not answer, the phone gets the state that is known here: still pending. */
  private async askUnlessOutOfReach(order: PaymentOrder): Promise<void> {
    try {
      await this.settlement.ask(order)
    } catch (error) {
      if (!(error instanceof Upstream)) throw error
    }
  }

  private underReview(subject: string): Conflict {
    const { contact } = this.subjects.of(subject)
    const message = `微信支付的记录和订单不一致，正在人工核对，请联系${contact}；不会重复扣款。`
    return new Conflict('payment.under-review', message)
  }

  private async own(actor: Actor, tradeNo: string): Promise<PaymentOrder> {
    const order = await this.database
      .repository(PaymentOrder)
      .findOneBy({ tradeNo, accountId: actor.accountId })
    if (!order) throw new NotFound()
    return order
  }

  private async present(order: PaymentOrder): Promise<Payment> {
    const lines = await this.database.repository(PaymentLine).findBy({ orderId: order.id })
    const payable = order.state === 'pending' && order.prepayId && order.expiresAt > this.clock.now()
    const client = this.clients.of(await this.merchants.mchidOf(order.merchantAccountId))
    return presentPayment(order, {
      months: this.subjects.of(order.subject).periodsOf(lines.map(({ subjectId }) => subjectId)),
      request: payable ? client.paymentRequest(order.prepayId ?? '', this.clock.now()) : null,
    })
  }
}
