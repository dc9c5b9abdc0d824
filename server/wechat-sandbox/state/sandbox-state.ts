import type { JournaledMap } from './journaled-map.js'

/** The state that the sandbox keeps across restarts. Fields ending in `At` are epoch milliseconds, in `Fen` integer fen. */
export interface SandboxState {
  app: { appid: string; secret: string }
  /** By public-key id or certificate serial. Retired keys are removed. */
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
  /** Words that a content check reports, with their verdicts. */
  plantedWords: JournaledMap<ContentVerdict>
  messagePush?: MessagePushSettings
  /** By the trace id of the content check. */
  pushedEvents: JournaledMap<PushedEvent>
  /** Pages of the published mini-program; undefined: every page exists. */
  pages?: string[]
}

/** A signing key of WeChat. The key and its certificate, if any, are files in the state directory. */
export interface PlatformKeyRecord {
  /** `PUB_KEY_ID_…`, or the forty hexadecimal digits of a certificate. */
  serial: string
  kind: PlatformKeyKind
  /** Epoch milliseconds. Of one kind, the key with the latest past value signs. Absent: the key is only listed. */
  signsFrom?: number
  keyFile: string
  certificateFile?: string
}

export type PlatformKeyKind = 'public-key' | 'certificate'

/** What a merchant verifies with. `both` is the transition from certificate to public key. */
export type VerificationMode = PlatformKeyKind | 'both'

export interface MerchantRecord {
  mchid: string
  appid: string
  apiV3Key: string
  verification: VerificationMode
  /** In mode `both`: the percentage of notifications that the public key signs. */
  publicKeyPercent: number
  /** A merchant with sub-merchants is a partner (服务商) and collects only for them. */
  subMerchants: SubMerchant[]
}

export interface SubMerchant {
  mchid: string
  /** The appid of its own mini-program, if it has one. */
  appid?: string
}

/** A person with a WeChat account who uses the mini-program. */
export interface Person {
  openid: string
  phone?: string
  unionid?: string
  sessionKey?: string
  /** The time of the last sign-in, epoch milliseconds. */
  seenAt?: number
}

/** A code from wx.login or from the phone-number button. The two kinds are not interchangeable. */
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
  /** Field names such as `thing1` and `time2`. */
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
  /** WeChat's label number; 100 is harmless. */
  label: number
}

/** The settings of 消息推送 in the console. */
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

/** The owner of an order: a merchant, or a sub-merchant of a partner. */
export interface OrderOwner {
  mchid: string
  subMchid?: string
}

export type PayerField = 'openid' | 'sp_openid' | 'sub_openid'

export interface Order extends OrderOwner {
  subAppid?: string
  /** The field of the order that named the payer. */
  payerField: PayerField
  tradeNo: string
  appid: string
  description: string
  attach?: string
  notifyUrl: string
  totalFen: number
  payerOpenid: string
  /** Canonical JSON of the first request. A later request for the same trade number must equal it. */
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

/** A notification and the state of its delivery. */
export interface Delivery {
  /** The id of the notification, the same in every attempt. */
  id: string
  orderKey: string
  notifyUrl: string
  createdAt: number
  state: 'pending' | 'acknowledged' | 'exhausted' | 'withheld'
  nextAttemptAt: number
  /** Scheduled attempts made so far; the index in the retry schedule. */
  rounds: number
  attempts: DeliveryAttempt[]
}

export interface DeliveryAttempt {
  at: number
  /** HTTP status of the receiver, or `no-answer` when it did not answer within five seconds. */
  status: number | 'no-answer'
}

/** The key of an order. Trade numbers are unique per merchant, and per sub-merchant of a partner. */
export function orderKey({ mchid, subMchid }: OrderOwner, tradeNo: string): string {
  return subMchid === undefined ? `${mchid}/${tradeNo}` : `${mchid}/${subMchid}/${tradeNo}`
}

export type TradeState = 'SUCCESS' | 'NOTPAY' | 'CLOSED'

export function tradeState(order: Order): TradeState {
  if (order.payment) return 'SUCCESS'
  return order.closedAt === undefined ? 'NOTPAY' : 'CLOSED'
}
