import { beijingDigits, type Clock } from '../state/clock.js'
import type { Merchant } from '../state/merchant-registry.js'
import { randomDigits, randomHex } from '../state/random-text.js'
import {
  orderKey,
  tradeState,
  type Order,
  type OrderOwner,
  type SandboxState,
} from '../state/sandbox-state.js'
import { UNDOCUMENTED } from '../undocumented.js'
import type { OrderForm } from './order-form.js'
import { orderClosed, orderNotExist, orderPaid, PayError } from './pay-error.js'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const DEFAULT_LIFETIME_MS = 7 * DAY_MS
const MIN_LIFETIME_MS = MINUTE_MS
const MAX_LIFETIME_MS = 90 * DAY_MS
const MAX_PARTNER_LIFETIME_MS = 15 * DAY_MS

/** The orders of all merchants: places, finds, closes and pays them. */
export class OrderBook {
  constructor(
    private readonly state: SandboxState,
    private readonly now: Clock,
  ) {}

  /**
   * Places an order, or returns the existing one when the parameters are the same.
   *
   * @returns the order and a prepay id for it.
   * @throws PayError as documented for the JSAPI order.
   */
  place(merchant: Merchant, form: OrderForm): { order: Order; prepayId: string } {
    this.checkParties(merchant, form)
    const key = orderKey(form, form.tradeNo)
    const known = this.state.orders.get(key)
    if (known) this.checkReentry(known, form)
    const order = known ?? this.newOrder(form)
    this.state.orders.set(key, order)
    const prepayId = `wx${beijingDigits(this.now())}${randomHex(18)}`
    const expiresAt = this.now() + UNDOCUMENTED.prepayIdLifetimeMs
    this.state.prepayIds.set(prepayId, { prepayId, orderKey: key, expiresAt })
    return { order, prepayId }
  }

  /** @throws PayError 404 ORDER_NOT_EXIST. */
  byTradeNo(owner: OrderOwner, tradeNo: string): Order {
    const order = this.state.orders.get(orderKey(owner, tradeNo))
    // A trade number that was closed without an order is stored, but it is not an order.
    if (!order || order.firstRequest === '') throw orderNotExist()
    return order
  }

  /** @throws PayError 404 ORDER_NOT_EXIST. */
  byTransactionId({ mchid, subMchid }: OrderOwner, transactionId: string): Order {
    for (const order of this.state.orders.values()) {
      const theirs = order.mchid === mchid && order.subMchid === subMchid
      if (theirs && order.payment?.transactionId === transactionId) return order
    }
    throw orderNotExist()
  }

  /** @throws PayError when the order is paid or closed already. */
  close(merchant: Merchant, owner: OrderOwner, tradeNo: string): void {
    const key = orderKey(owner, tradeNo)
    const order = this.state.orders.get(key)
    if (!order) {
      if (!UNDOCUMENTED.closingBlocksUnknownNumbers) throw orderNotExist()
      this.state.orders.set(key, this.blockedNumber(merchant, owner, tradeNo))
      return
    }
    if (order.payment) throw orderPaid()
    if (order.closedAt !== undefined) throw PayError.of(UNDOCUMENTED.secondClose)
    order.closedAt = this.now()
  }

  /** Marks an order as paid. The payment sheet checks beforehand whether it may be paid. */
  markPaid(order: Order): void {
    const paidAt = this.now()
    const transactionId = `4200${beijingDigits(paidAt).slice(0, 8)}${randomDigits(16)}`
    order.payment = { transactionId, paidAt }
    this.state.orders.set(orderKey(order, order.tradeNo), order)
  }

  private checkParties(merchant: Merchant, form: OrderForm): void {
    const subAppid = merchant.subMerchants.find(({ mchid }) => mchid === form.subMchid)?.appid
    if (form.appid !== merchant.appid || (form.subAppid !== undefined && form.subAppid !== subAppid)) {
      throw new PayError(400, 'APPID_MCHID_NOT_MATCH', 'appid和mch_id不匹配，请检查后再试')
    }
    if (!this.state.people.has(form.payerOpenid)) throw PayError.of(UNDOCUMENTED.unknownPayer)
  }

  private checkReentry(order: Order, form: OrderForm): void {
    const state = tradeState(order)
    if (state === 'SUCCESS') throw orderPaid()
    if (state === 'CLOSED') throw orderClosed()
    if (order.firstRequest !== form.fingerprint) {
      throw new PayError(400, 'INVALID_REQUEST', '请求重入时，参数与首次请求时不一致，请核实后再试')
    }
    if (order.expiresAt <= this.now()) throw PayError.of(UNDOCUMENTED.expiredOrderReentry)
  }

  private newOrder(form: OrderForm): Order {
    const createdAt = this.now()
    const asked = (form.timeExpire ?? createdAt + DEFAULT_LIFETIME_MS) - createdAt
    const longest = form.subMchid === undefined ? MAX_LIFETIME_MS : MAX_PARTNER_LIFETIME_MS
    const lifetime = Math.min(Math.max(asked, MIN_LIFETIME_MS), longest)
    return {
      mchid: form.mchid,
      subMchid: form.subMchid,
      subAppid: form.subAppid,
      payerField: form.payerField,
      tradeNo: form.tradeNo,
      appid: form.appid,
      description: form.description,
      attach: form.attach,
      notifyUrl: form.notifyUrl,
      totalFen: form.totalFen,
      payerOpenid: form.payerOpenid,
      firstRequest: form.fingerprint,
      createdAt,
      expiresAt: createdAt + lifetime,
    }
  }

  private blockedNumber({ appid }: Merchant, owner: OrderOwner, tradeNo: string): Order {
    const now = this.now()
    const empty = { description: '', notifyUrl: '', totalFen: 0, payerOpenid: '', firstRequest: '' }
    return {
      ...empty,
      ...owner,
      payerField: 'openid',
      appid,
      tradeNo,
      createdAt: now,
      expiresAt: now,
      closedAt: now,
    }
  }
}
