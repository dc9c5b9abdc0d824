import type { Bill, BillPage } from '../../../server/contracts/organization/dues.js'
import type { Payment, PaymentRequest } from '../../../server/contracts/platform/payment.js'
import { PaymentDiscrepancy } from '../../../server/platform/payment/payment-discrepancy.entity.js'
import { PaymentOrder } from '../../../server/platform/payment/payment-order.entity.js'
import { addMonths } from '../../../server/platform/config/business-time.js'
import { Clock } from '../../../server/platform/config/clock.js'
import { Pauses } from '../../../server/platform/wechat/pauses.js'
import { openVillage, OPENIDS, type Village } from '../../support/village.js'
import type { Caller } from '../../support/world.js'

type Payer = 'chen' | 'wang' | 'li' | 'zhao' | 'lyu'

const MONTHS = 6

/** Everything that waits goes on waiting in real time: only the date is turned. */
export const TIMERS = [
  'hrtime',
  'nextTick',
  'performance',
  'queueMicrotask',
  'setImmediate',
  'clearImmediate',
  'setInterval',
  'clearInterval',
  'setTimeout',
  'clearTimeout',
] as const

let keys = 0

/** What a phone makes up for each attempt to pay. */
export const newKey = (): string => `attempt-${String(++keys).padStart(6, '0')}`

/**
 * A village in which everybody owes half a year, and the ways its people pay. The clock shows the real time when it
 * opens, because WeChat's signatures carry theirs.
 */
export class Cashier {
  private constructor(
    readonly village: Village,
    /** Newest first, `YYYY-MM`. */
    readonly months: string[],
  ) {}

  static async open(): Promise<Cashier> {
    const village = await openVillage(new Date())
    const thisMonth = village.world.app.get(Clock).month()
    const months = Array.from({ length: MONTHS }, (_, index) => addMonths(thisMonth, -index))
    for (const month of months) await village.world.county.bills(village.committee, month)
    // Nobody in a story waits for WeChat to recover; how long they would have is remembered.
    jest.spyOn(village.world.app.get(Pauses), 'wait').mockResolvedValue()
    return new Cashier(village, months)
  }

  close(): Promise<void> {
    return this.village.world.close()
  }

  /** Everybody owes half a year again, and nobody is paying: for files with more stories than bills. */
  async startAnew(): Promise<void> {
    for (const statement of [
      `UPDATE payment_order SET state = 'closed' WHERE state = 'pending'`,
      'UPDATE payment_line SET openKey = NULL',
      `UPDATE dues_bill SET state = 'unpaid', tradeNo = NULL, paidAt = NULL`,
      `DELETE FROM event WHERE name = 'dues.bill-paid'`,
    ]) {
      await this.world.database.execute(statement)
    }
  }

  get world() {
    return this.village.world
  }

  get wechat() {
    return this.village.world.wechat.control
  }

  /** How long the server has waited for WeChat, in milliseconds, one entry for each pause. */
  pauses(): number[] {
    return jest.mocked(this.world.app.get(Pauses).wait).mock.calls.map(([ms]) => ms)
  }

  /** Lets so much time pass on the server's clock. */
  passSeconds(seconds: number): void {
    this.world.turnClockTo(new Date(this.now().getTime() + seconds * 1000))
  }

  /** The same on WeChat's clock too, whose signatures carry its time. `jest.useRealTimers()` undoes it. */
  passSecondsEverywhere(seconds: number): void {
    const now = new Date(Date.now() + seconds * 1000)
    jest.useFakeTimers({ now, doNotFake: [...TIMERS] })
    this.world.turnClockTo(now)
  }

  now(): Date {
    return this.world.app.get(Clock).now()
  }

  async bills(caller: Caller): Promise<Bill[]> {
    return ((await caller.get('/me/bills').expect(200)).body as BillPage).items
  }

  /** The oldest bills that are neither paid nor being paid. */
  async owed(caller: Caller, count = 1): Promise<string[]> {
    const open = (await this.bills(caller)).filter(
      ({ state, pendingTradeNo }) => state === 'unpaid' && pendingTradeNo === null,
    )
    if (open.length < count) throw new Error(`only ${open.length} bills are left to pay`)
    return open.slice(-count).map(({ id }) => id)
  }

  async order(caller: Caller, billIds: string[], key = newKey()): Promise<Payment> {
    return (await this.ask(caller, billIds, key).expect(201)).body as Payment
  }

  ask(caller: Caller, billIds: string[], key = newKey()) {
    return caller.post('/payments', { billIds }).set('idempotency-key', key)
  }

  async find(caller: Caller, tradeNo: string): Promise<Payment> {
    return (await caller.get(`/payments/${tradeNo}`).expect(200)).body as Payment
  }

  /** Presses "pay" on WeChat's sheet; WeChat keeps its notification to itself until `notify`. */
  async payQuietly(payer: Payer, { request }: Payment): Promise<void> {
    this.wechat.plan({ kind: 'notification-withheld' })
    const { errMsg } = await this.wechat.pay(OPENIDS[payer], paramsOf(request))
    if (errMsg !== 'requestPayment:ok') throw new Error(errMsg)
  }

  /** WeChat delivers the notification now. @returns our answer */
  notify(tradeNo: string): Promise<number | 'no-answer'> {
    return this.wechat.redeliver(tradeNo)
  }

  stored(tradeNo: string): Promise<PaymentOrder> {
    return this.world.database.repository(PaymentOrder).findOneByOrFail({ tradeNo })
  }

  async discrepancies(tradeNo: string): Promise<string[]> {
    const rows = await this.world.database.repository(PaymentDiscrepancy).findBy({ tradeNo })
    return rows.map(({ kind }) => kind)
  }

  /** What `/metrics` says of one figure. */
  async metric(name: string): Promise<number> {
    const text = await (await fetch(`${this.world.baseUrl}/metrics`)).text()
    const line = text.split('\n').find((candidate) => candidate.startsWith(`${name} `))
    if (!line) throw new Error(`there is no metric ${name}`)
    return Number(line.slice(name.length))
  }

  /** How often an event of this name happened to one thing. */
  async happened(name: string, subjectId: string): Promise<number> {
    const rows = await this.world.database.query('SELECT id FROM event WHERE name = ? AND subjectId = ?', [
      name,
      subjectId,
    ])
    return rows.length
  }

  async stateOf(caller: Caller, billId: string): Promise<Bill['state'] | undefined> {
    return (await this.bills(caller)).find(({ id }) => id === billId)?.state
  }
}

export function paramsOf(request: PaymentRequest | null): PaymentRequest {
  if (!request) throw new Error('there is nothing to pay with')
  return request
}
