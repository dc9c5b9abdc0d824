import type { JournaledMap } from './journaled-map.js'

/** Everything the sandbox remembers across restarts. Fields ending in `At` are epoch milliseconds, in `Fen` integers. */
export interface SandboxState {
  app: { appid: string; secret: string }
  /** By public-key id or certificate serial; a retired one is gone. */
  platformKeys: JournaledMap<PlatformKeyRecord>
  merchants: JournaledMap<MerchantRecord>
  people: JournaledMap<Person>
  codes: JournaledMap<OneTimeCode>
  accessTokens: JournaledMap<AccessToken>
  forcedTokenRefreshesAt: number[]
  orders: JournaledMap<Order>
  prepayIds: JournaledMap<PrepayId>
  deliveries: JournaledMap<Delivery>
  subscribeTemplates: JournaledMap<SubscribeTemplate>
  /** How many messages may be sent, by `openid/template`. */
  subscribeQuotas: JournaledMap<number>
  sentMessages: SentMessage[]
  /** Words that a content check finds. */
  plantedWords: JournaledMap<ContentVerdict>
  messagePush?: MessagePushSettings
  /** By the trace id of what they are about. */
  pushedEvents: JournaledMap<PushedEvent>
  /** Pages of the published mini-program; undefined: any. */
  pages?: string[]
}

/** A key WeChat signs with. The key, and the certificate if it is one, lie in files beside the state. */
export interface PlatformKeyRecord {
  /** `PUB_KEY_ID_…`, or the forty hexadecimal digits of a certificate. */
  serial: string
  kind: PlatformKeyKind
  /** Of its kind the latest that is not in the future signs. Absent: listed, and not used until told. */
  signsFrom?: number
  keyFile: string
  certificateFile?: string
}

export type PlatformKeyKind = 'public-key' | 'certificate'

/** What a merchant verifies with; `both` is the time between certificate and public key. */
export type VerificationMode = PlatformKeyKind | 'both'

export interface MerchantRecord {
  mchid: string
  appid: string
  apiV3Key: string
  verification: VerificationMode
  /** In mode `both`: how many of a hundred notifications are signed with the public key. */
  publicKeyPercent: number
  /** A merchant who has any is a partner (服务商), and collects for them only. */
  subMerchants: SubMerchant[]
}

export interface SubMerchant {
  mchid: string
  /** Its own mini-program, where it has one. */
  appid?: string
}

/** Somebody with a WeChat account who uses the mini-program. */
export interface Person {
  openid: string
  phone?: string
  unionid?: string
  sessionKey?: string
  /** When they last signed in. */
  seenAt?: number
}

/** A code from wx.login or from the phone-number button: the two are not interchangeable. */
export interface OneTimeCode {
  code: string
  kind: 'login' | 'phone'
  openid: string
  phone?: string
  expiresAt: number
}

export interface AccessToken {
  token: string
  issuedAt: number
  expiresAt: number
}

export interface SubscribeTemplate {
  templateId: string
  /** Like `thing1` and `time2`. */
  fields: string[]
}

/** A subscribe message as the person received it. */
export interface SentMessage {
  at: number
  openid: string
  templateId: string
  page?: string
  /** `{ thing1: { value } }` */
  data: Record<string, unknown>
}

export interface ContentVerdict {
  suggest: 'pass' | 'review' | 'risky'
  /** 100 is harmless. */
  label: number
}

/** What is entered in the console as 消息推送. */
export interface MessagePushSettings {
  url: string
  token: string
  /** 43 characters. */
  encodingAesKey: string
  mode: 'plain' | 'compatible' | 'safe'
}

export interface PushedEvent {
  id: string
  openid: string
  message: Record<string, unknown>
  state: Delivery['state']
  attempts: DeliveryAttempt[]
}

/** Whose an order is: a merchant's, or a sub-merchant's of a partner. */
export interface OrderOwner {
  mchid: string
  subMchid?: string
}

export type PayerField = 'openid' | 'sp_openid' | 'sub_openid'

export interface Order extends OrderOwner {
  subAppid?: string
  /** Under which name the payer was given. */
  payerField: PayerField
  tradeNo: string
  appid: string
  description: string
  attach?: string
  notifyUrl: string
  totalFen: number
  payerOpenid: string
  /** Canonical JSON of the first request: a later one for the same number must equal it. */
  firstRequest: string
  createdAt: number
  expiresAt: number
  closedAt?: number
  payment?: { transactionId: string; paidAt: number }
}

export interface PrepayId {
  prepayId: string
  orderKey: string
  expiresAt: number
}

/** A notification and how far its delivery got. */
export interface Delivery {
  /** The notification's own id, the same at every attempt. */
  id: string
  orderKey: string
  notifyUrl: string
  createdAt: number
  state: 'pending' | 'acknowledged' | 'exhausted' | 'withheld'
  nextAttemptAt: number
  /** Scheduled attempts made; the place in the retry schedule. */
  rounds: number
  attempts: DeliveryAttempt[]
}

export interface DeliveryAttempt {
  at: number
  /** HTTP status of the receiver, or `no-answer` when there was none within five seconds. */
  status: number | 'no-answer'
}

/** Trade numbers are unique per merchant, and per sub-merchant of a partner. */
export function orderKey({ mchid, subMchid }: OrderOwner, tradeNo: string): string {
  return subMchid === undefined ? `${mchid}/${tradeNo}` : `${mchid}/${subMchid}/${tradeNo}`
}

export type TradeState = 'SUCCESS' | 'NOTPAY' | 'CLOSED'

export function tradeState(order: Order): TradeState {
  if (order.payment) return 'SUCCESS'
  return order.closedAt === undefined ? 'NOTPAY' : 'CLOSED'
}
