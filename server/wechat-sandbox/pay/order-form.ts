import { canonicalJson, isJsonObject, type JsonObject } from '../http/json.js'
import type { PayerField } from '../state/sandbox-state.js'
import { UNDOCUMENTED } from '../undocumented.js'
import { isLoopback } from '../http/loopback-url.js'
import { PayError } from './pay-error.js'

/** The body of a JSAPI order that has passed every documented check. */
export interface OrderForm {
  /** The appid of the merchant or of the partner. */
  appid: string
  mchid: string
  /** Only in a partner's order. */
  subMchid?: string
  subAppid?: string
  payerField: PayerField
  description: string
  tradeNo: string
  /** Epoch milliseconds as requested, before the platform's limits are applied. */
  timeExpire?: number
  attach?: string
  notifyUrl: string
  totalFen: number
  payerOpenid: string
  /** Canonical JSON of the whole body. A repeated order must have the same. */
  fingerprint: string
}

const RFC3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(Z|[+-]\d{2}:\d{2})$/

/** @throws PayError 400 PARAM_ERROR with the first wrong field. */
export function readOrderForm(body: JsonObject): OrderForm {
  return {
    appid: text(body, 'appid', 32),
    mchid: text(body, 'mchid', 32),
    ...commonPart(body),
    ...payerOf(body, 'openid'),
  }
}

/** The same for `/v3/pay/partner/…`. The payer uses the mini-program of the partner or of the sub-merchant. */
export function readPartnerOrderForm(body: JsonObject): OrderForm {
  const subAppid = optionalText(body, 'sub_appid', 32)
  const payerField = isJsonObject(body['payer']) && body['payer']['sub_openid'] ? 'sub_openid' : 'sp_openid'
  if (payerField === 'sub_openid' && subAppid === undefined) {
    throw PayError.param('/body/sub_appid', '传sub_openid时，sub_appid必填')
  }
  return {
    appid: text(body, 'sp_appid', 32),
    mchid: text(body, 'sp_mchid', 32),
    subMchid: text(body, 'sub_mchid', 32),
    subAppid,
    ...commonPart(body),
    ...payerOf(body, payerField),
  }
}

function commonPart(body: JsonObject) {
  const amount = isJsonObject(body['amount']) ? body['amount'] : {}
  optionalText(body, 'goods_tag', 32)
  return {
    description: text(body, 'description', 127),
    tradeNo: tradeNoOf(body),
    timeExpire: timeExpireOf(body),
    attach: optionalText(body, 'attach', 128),
    notifyUrl: notifyUrlOf(body),
    totalFen: totalOf(amount),
    fingerprint: canonicalJson(body),
  }
}

function payerOf(body: JsonObject, payerField: PayerField): { payerField: PayerField; payerOpenid: string } {
  const payer = isJsonObject(body['payer']) ? body['payer'] : {}
  return { payerField, payerOpenid: text(payer, payerField, 128, `/body/payer/${payerField}`) }
}

function text(object: JsonObject, name: string, max: number, field = `/body/${name}`): string {
  const value = object[name]
  if (value === undefined || value === '') throw PayError.param(field, `参数不能为空：${name}`)
  if (typeof value !== 'string') throw PayError.param(field, `参数类型须为字符串：${name}`)
  if ([...value].length > max) throw PayError.param(field, `参数长度超过${max}个字符：${name}`)
  return value
}

function optionalText(object: JsonObject, name: string, max: number): string | undefined {
  return object[name] === undefined || object[name] === '' ? undefined : text(object, name, max)
}

function tradeNoOf(body: JsonObject): string {
  const tradeNo = text(body, 'out_trade_no', 32)
  if (!/^[0-9A-Za-z_\-|*]{6,32}$/.test(tradeNo)) {
    throw PayError.param('/body/out_trade_no', '商户订单号须为6-32个字符，只能是数字、大小写字母_-|*')
  }
  return tradeNo
}

function timeExpireOf(body: JsonObject): number | undefined {
  const value = optionalText(body, 'time_expire', 64)
  if (value === undefined) return undefined
  const at = RFC3339.test(value) ? Date.parse(value) : Number.NaN
  if (Number.isNaN(at)) throw PayError.param('/body/time_expire', 'time_expire须遵循rfc3339标准格式')
  return at
}

function notifyUrlOf(body: JsonObject): string {
  const value = text(body, 'notify_url', 255)
  const url = URL.canParse(value) ? new URL(value) : undefined
  const schemeOk =
    url?.protocol === 'https:' ||
    (UNDOCUMENTED.plainHttpLoopbackNotifyUrl && url?.protocol === 'http:' && isLoopback(url))
  if (!schemeOk || value.includes('?')) {
    throw PayError.param('/body/notify_url', 'notify_url须为https的绝对地址，且不能携带参数')
  }
  return value
}

function totalOf(amount: JsonObject): number {
  const { total, currency = 'CNY' } = amount
  if (typeof total !== 'number' || !Number.isSafeInteger(total) || total < 1) {
    throw PayError.param('/body/amount/total', '总金额单位为分，须为正整数')
  }
  if (currency !== 'CNY') throw PayError.param('/body/amount/currency', '境内商户号仅支持人民币CNY')
  return total
}
