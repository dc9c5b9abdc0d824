import { verify } from 'node:crypto'
import type { Clock } from '../state/clock.js'
import type { MerchantRegistry } from '../state/merchant-registry.js'
import type { Order } from '../state/sandbox-state.js'
import type { StateFile } from '../state/state-file.js'
import { UNDOCUMENTED } from '../undocumented.js'
import type { Notifier } from './notifier.js'
import type { OrderBook } from './order-book.js'

/** The argument of wx.requestPayment. */
export interface PaymentParams {
  /** Unix seconds, a string. */
  timeStamp: string
  nonceStr: string
  /** `prepay_id=…` */
  package: string
  signType: string
  /** Base64 RSA-SHA256 signature of the merchant. */
  paySign: string
}

/** What the sheet shows before the person pays. */
export interface SheetView {
  description: string
  amountFen: number
}

export interface PaymentSheetParts {
  stateFile: StateFile
  merchants: MerchantRegistry
  orders: OrderBook
  notifier: Notifier
  now: Clock
}

type Refusal = { errMsg: string }

const { paymentErrMsg: REFUSAL } = UNDOCUMENTED

/** The sheet that wx.requestPayment opens. It trusts only parameters that the merchant signed. */
export class PaymentSheet {
  constructor(private readonly parts: PaymentSheetParts) {}

  open(openid: string, params: PaymentParams): SheetView | Refusal {
    const order = this.payable(openid, params)
    if ('errMsg' in order) return order
    return { description: order.description, amountFen: order.totalFen }
  }

  /** The person confirms the payment. The notification is sent in the background, as in production. */
  async pay(openid: string, params: PaymentParams): Promise<Refusal> {
    const order = this.payable(openid, params)
    if ('errMsg' in order) return order
    const { orders, notifier, stateFile } = this.parts
    orders.markPaid(order)
    const delivery = notifier.prepare(order)
    await stateFile.commit()
    notifier.start(delivery)
    return { errMsg: 'requestPayment:ok' }
  }

  /** The person closes the sheet. */
  cancel(): Refusal {
    return { errMsg: 'requestPayment:fail cancel' }
  }

  private payable(openid: string, params: PaymentParams): Order | Refusal {
    const { stateFile, now } = this.parts
    const prepay = stateFile.state.prepayIds.get(params.package.replace(/^prepay_id=/, ''))
    const order = prepay && stateFile.state.orders.get(prepay.orderKey)
    if (!prepay || !order) return { errMsg: REFUSAL.unknownPrepayId }
    if (!this.signedByMerchant(order, params)) return { errMsg: REFUSAL.badSignature }
    if (order.payerOpenid !== openid) return { errMsg: REFUSAL.otherPayer }
    if (order.payment) return { errMsg: REFUSAL.alreadyPaid }
    if (order.closedAt !== undefined) return { errMsg: REFUSAL.orderClosed }
    if (order.expiresAt <= now()) return { errMsg: REFUSAL.orderExpired }
    if (prepay.expiresAt <= now()) return { errMsg: REFUSAL.expiredPrepayId }
    return order
  }

  private signedByMerchant(order: Order, params: PaymentParams): boolean {
    // The signed text contains `prepay_id=`, so a package without it cannot have a valid signature.
    if (params.signType !== 'RSA' || !params.package.startsWith('prepay_id=')) return false
    const { publicKey } = this.parts.merchants.get(order.mchid)
    const signature = Buffer.from(params.paySign, 'base64')
    return appidsOf(order).some((appid) => {
      const message = `${appid}\n${params.timeStamp}\n${params.nonceStr}\n${params.package}\n`
      return verify('sha256', Buffer.from(message), publicKey, signature)
    })
  }
}

/** The mini-programs that may open the sheet for an order. */
function appidsOf({ appid, subAppid }: Order): string[] {
  if (subAppid === undefined) return [appid]
  return UNDOCUMENTED.partnerAppidOpensSheet ? [subAppid, appid] : [subAppid]
}
