import type { LoggedRequest, RequestLog } from '../http/request-log.js'
import type { Notifier } from '../pay/notifier.js'
import type { PaymentParams, PaymentSheet, SheetView } from '../pay/payment-sheet.js'
import { randomAlphanumeric } from '../state/random-text.js'
import {
  tradeState,
  type Delivery,
  type Order,
  type Person,
  type TradeState,
} from '../state/sandbox-state.js'
import type { StateFile } from '../state/state-file.js'
import type { AccessTokens } from '../weixin/access-tokens.js'
import type { OneTimeCodes } from '../weixin/one-time-codes.js'
import type { ContentControl } from './content-control.js'
import { ControlError } from './control-error.js'
import type { Fault, Faults } from './faults.js'
import type { PlatformControl } from './platform-control.js'

export interface OrderReport {
  mchid: string
  tradeNo: string
  state: TradeState
  description: string
  amountFen: number
  openid: string
  transactionId?: string
  /** The deliveries of the order's notifications, oldest first. */
  notifications: Pick<Delivery, 'id' | 'state' | 'attempts'>[]
}

export interface ControlParts {
  stateFile: StateFile
  codes: OneTimeCodes
  tokens: AccessTokens
  sheet: PaymentSheet
  notifier: Notifier
  faults: Faults
  requests: RequestLog
  platform: PlatformControl
  content: ContentControl
}

/** Acts as the phone and the payer, and plans faults. */
export class SandboxControl {
  /** WeChat's keys, and how merchants verify with them. */
  readonly platform: PlatformControl
  /** Subscribe messages, content checks, message push and pages. */
  readonly content: ContentControl

  constructor(private readonly parts: ControlParts) {
    this.platform = parts.platform
    this.content = parts.content
  }

  /** Registers a person or changes the details of one. Makes an openid when none is given. */
  async registerPerson(details: { openid?: string; phone?: string; unionid?: string } = {}): Promise<Person> {
    const { stateFile } = this.parts
    const openid = details.openid ?? `o${randomAlphanumeric(27)}`
    const given = Object.fromEntries(Object.entries(details).filter(([, value]) => value !== undefined))
    const person: Person = { ...stateFile.state.people.get(openid), ...given, openid }
    stateFile.state.people.set(openid, person)
    await stateFile.commit()
    return person
  }

  /** @throws ControlError 404 when the person is not registered. */
  async loginCode(openid: string): Promise<string> {
    const code = this.parts.codes.issueLoginCode(this.person(openid))
    await this.parts.stateFile.commit()
    return code
  }

  /** @param phone the number that the person chooses in the dialog; their own by default. */
  async phoneCode(openid: string, phone?: string): Promise<string> {
    const person = this.person(openid)
    const picked = phone ?? person.phone
    if (!picked) throw new ControlError(400, `${openid} has no phone number: give one`)
    const code = this.parts.codes.issuePhoneCode(person, picked)
    await this.parts.stateFile.commit()
    return code
  }

  paymentSheet(openid: string, params: PaymentParams): SheetView | { errMsg: string } {
    return this.parts.sheet.open(this.person(openid).openid, params)
  }

  async pay(openid: string, params: PaymentParams): Promise<{ errMsg: string }> {
    return this.parts.sheet.pay(this.person(openid).openid, params)
  }

  cancelPayment(): { errMsg: string } {
    return this.parts.sheet.cancel()
  }

  /** @param mchid needed only when several merchants use the same trade number. */
  order(tradeNo: string, mchid?: string): OrderReport {
    const order = this.findOrder(tradeNo, mchid)
    return {
      mchid: order.mchid,
      tradeNo: order.tradeNo,
      state: tradeState(order),
      description: order.description,
      amountFen: order.totalFen,
      openid: order.payerOpenid,
      transactionId: order.payment?.transactionId,
      notifications: this.parts.notifier
        .of(order)
        .map(({ id, state, attempts }) => ({ id, state, attempts })),
    }
  }

  /** Delivers the payment's notification once more. @returns the receiver's status. */
  async redeliver(tradeNo: string, mchid?: string): Promise<number | 'no-answer'> {
    const delivery = this.parts.notifier.of(this.findOrder(tradeNo, mchid)).at(-1)
    if (!delivery) throw new ControlError(409, `${tradeNo} is not paid: there is no notification`)
    return this.parts.notifier.redeliver(delivery)
  }

  /** @param times how often the fault applies; by default once, but 'down' applies until faults are cleared. */
  plan(fault: Fault, times = fault.kind === 'down' ? Infinity : 1): void {
    this.parts.faults.add(fault, times)
  }

  clearFaults(): void {
    this.parts.faults.clear()
    this.parts.notifier.releaseOvertaken()
  }

  /** Makes every access token invalid, as a forced refresh by another program does. */
  async revokeAccessTokens(): Promise<void> {
    this.parts.tokens.revokeAll()
    await this.parts.stateFile.commit()
  }

  requests(count?: number): LoggedRequest[] {
    return this.parts.requests.latest(count)
  }

  private person(openid: string): Person {
    const person = this.parts.stateFile.state.people.get(openid)
    if (!person) throw new ControlError(404, `nobody has the openid ${openid}: register the person first`)
    return person
  }

  private findOrder(tradeNo: string, mchid: string | undefined): Order {
    const all = [...this.parts.stateFile.state.orders.values()]
    const found = all.filter((order) => order.tradeNo === tradeNo && (mchid ?? order.mchid) === order.mchid)
    const [order] = found
    if (!order) throw new ControlError(404, `no order ${tradeNo}`)
    if (found.length > 1)
      throw new ControlError(400, `several merchants have an order ${tradeNo}: give mchid`)
    return order
  }
}
