import type { Faults } from '../control/faults.js'
import type { Clock } from '../state/clock.js'
import type { MerchantRegistry } from '../state/merchant-registry.js'
import { randomHex } from '../state/random-text.js'
import { orderKey, type Delivery, type DeliveryAttempt, type Order } from '../state/sandbox-state.js'
import type { StateFile } from '../state/state-file.js'
import { UNDOCUMENTED } from '../undocumented.js'
import { alteredTransaction } from './altered-transaction.js'
import { signMessage } from './message-spoil.js'
import { notificationBody } from './notification.js'
import { postNotification } from './notification-post.js'
import { viewOrder } from './order-view.js'
import type { SigningKeys } from './signing-keys.js'

/** Seconds before each repetition; 24 h 4 min in total. */
export const RETRY_SCHEDULE_SECONDS = [
  15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10800, 10800, 10800, 21600, 21600,
] as const

export interface NotifierParts {
  stateFile: StateFile
  merchants: MerchantRegistry
  signing: SigningKeys
  faults: Faults
  now: Clock
  /** 1 keeps the documented schedule; 0.001 makes its seconds milliseconds. */
  retryScale: number
  report: (error: unknown) => void
}

/** Delivers notifications until they are acknowledged. It continues after a restart. */
export class Notifier {
  private readonly timers = new Map<string, NodeJS.Timeout>()
  private readonly underway = new Set<Promise<unknown>>()
  private readonly cancelled = new AbortController()
  /** A notification that waits for a later one to be delivered first. After a restart it is delivered normally. */
  private overtaken: Delivery | undefined

  constructor(private readonly parts: NotifierParts) {}

  /** Schedules the notifications that an earlier run of the sandbox did not deliver. */
  resume(): void {
    for (const delivery of this.deliveries.values()) {
      if (delivery.state === 'pending') this.schedule(delivery)
    }
  }

  /** Adds the notification of a payment to the state. Call `start` after the state is on disk. */
  prepare(order: Order): Delivery {
    const id = `EV-${randomHex(32)}`
    const withheld = this.parts.faults.take('notification-withheld') !== undefined
    const delivery: Delivery = {
      id,
      orderKey: orderKey(order, order.tradeNo),
      notifyUrl: order.notifyUrl,
      createdAt: this.parts.now(),
      state: withheld ? 'withheld' : 'pending',
      nextAttemptAt: this.parts.now(),
      rounds: 0,
      attempts: [],
    }
    this.deliveries.set(id, delivery)
    return delivery
  }

  start(delivery: Delivery): void {
    if (delivery.state !== 'pending') return
    if (!this.overtaken && this.parts.faults.take('notifications-swapped')) this.overtaken = delivery
    else this.schedule(delivery)
  }

  /** Makes the first attempt at once. Resolves when the receiver has answered or five seconds have passed. */
  async deliverNow(delivery: Delivery): Promise<void> {
    await this.track(this.deliver(delivery))
  }

  /** Delivers the notification that waits for a later one. */
  releaseOvertaken(): void {
    const released = this.overtaken
    this.overtaken = undefined
    if (released) this.schedule(released)
  }

  of(order: Order): Delivery[] {
    const key = orderKey(order, order.tradeNo)
    return [...this.deliveries.values()].filter((delivery) => delivery.orderKey === key)
  }

  /** Sends a notification once more at once, in any delivery state. */
  async redeliver(delivery: Delivery): Promise<DeliveryAttempt['status']> {
    const status = await this.track(this.attempt(delivery))
    await this.parts.stateFile.commit()
    return status
  }

  /** Cancels running attempts. Notifications that are not acknowledged stay pending. */
  async stop(): Promise<void> {
    this.cancelled.abort()
    for (const timer of this.timers.values()) clearTimeout(timer)
    this.timers.clear()
    await Promise.allSettled(this.underway)
  }

  private get deliveries(): Map<string, Delivery> {
    return this.parts.stateFile.state.deliveries
  }

  private keep(delivery: Delivery): void {
    this.deliveries.set(delivery.id, delivery)
  }

  private schedule(delivery: Delivery): void {
    if (this.cancelled.signal.aborted) return
    const wait = Math.max(0, delivery.nextAttemptAt - this.parts.now())
    const timer = setTimeout(() => {
      this.timers.delete(delivery.id)
      this.track(this.deliver(delivery)).catch(this.parts.report)
    }, wait)
    this.timers.set(delivery.id, timer)
  }

  private async deliver(delivery: Delivery): Promise<void> {
    if (delivery.state !== 'pending') return
    const twice = this.parts.faults.take('notification-duplicated') !== undefined
    // Both are sent at the same moment. A receiver that checks first and books later books twice here.
    await Promise.all([this.attempt(delivery), ...(twice ? [this.attempt(delivery)] : [])])
    if (this.cancelled.signal.aborted) return
    delivery.rounds += 1
    this.planNext(delivery)
    this.keep(delivery)
    await this.parts.stateFile.commit()
    if (this.overtaken !== delivery) this.releaseOvertaken()
  }

  private planNext(delivery: Delivery): void {
    if (delivery.state !== 'pending') return
    const delaySeconds = RETRY_SCHEDULE_SECONDS[delivery.rounds - 1]
    if (delaySeconds === undefined) {
      delivery.state = 'exhausted'
      return
    }
    delivery.nextAttemptAt = this.parts.now() + delaySeconds * 1000 * this.parts.retryScale
    this.schedule(delivery)
  }

  private async attempt(delivery: Delivery): Promise<DeliveryAttempt['status']> {
    const at = this.parts.now()
    const { signal } = this.cancelled
    const status = await postNotification(delivery.notifyUrl, this.compose(delivery), signal)
    // An attempt that `stop` cancelled is not recorded.
    if (signal.aborted && status === 'no-answer') return status
    delivery.attempts.push({ at, status })
    if (status === 200 || status === 204) delivery.state = 'acknowledged'
    this.keep(delivery)
    return status
  }

  /** Every attempt gets a new signature with its own time. */
  private compose(delivery: Delivery): ReturnType<typeof signMessage> {
    const { stateFile, merchants, faults, signing } = this.parts
    const order = stateFile.state.orders.get(delivery.orderKey)
    if (!order) throw new Error(`no order ${delivery.orderKey}`)
    const merchant = merchants.get(order.mchid)
    const spoil = faults.take('notification-spoiled')?.spoil
    const body = notificationBody(
      {
        id: delivery.id,
        createdAt: delivery.createdAt,
        eventType: 'TRANSACTION.SUCCESS',
        summary: '支付成功',
        originalType: 'transaction',
        resource: alteredTransaction(viewOrder(order), faults, 'notification'),
      },
      merchant.apiV3Key,
      { corrupted: spoil === 'bad-tag' },
    )
    const message = signMessage(signing.forNotification(merchant), body, spoil)
    const headers = { Accept: '*/*', Pragma: 'no-cache', 'User-Agent': UNDOCUMENTED.notificationUserAgent }
    return { body: message.body, headers: { ...headers, ...message.headers } }
  }

  private track<T>(work: Promise<T>): Promise<T> {
    this.underway.add(work)
    const done = (): void => void this.underway.delete(work)
    work.then(done, done)
    return work
  }
}
