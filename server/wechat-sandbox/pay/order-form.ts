import { canonicalJson, isJsonObject, type JsonObject } from '../http/json.js'
import { UNDOCUMENTED } from '../undocumented.js'
import { isLoopback } from './loopback-url.js'
import { PayError } from './pay-error.js'

/** The body of a JSAPI order after every documented check. */
export interface OrderForm {
  appid: string
  mchid: string
  description: string
  tradeNo: string
  /** Epoch milliseconds as asked for, before the platform's limits. */
  timeExpire?: number
  attach?: string
  notifyUrl: string
  totalFen: number
  payerOpenid: string
  /** Canonical JSON of the whole body, to compare a re-entry with. */
  fingerprint: string
}

const RFC3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(Z|[+-]\d{2}:\d{2})$/

/** @throws PayError 400 PARAM_ERROR naming the first field that is wrong. */
export function readOrderForm(body: JsonObject): OrderForm {
  const amount = isJsonObject(body['amount']) ? body['amount'] : {}
  const payer = isJsonObject(body['payer']) ? body['payer'] : {}
  optionalText(body, 'goods_tag', 32)
  return {
    appid: text(body, 'appid', 32),
    mchid: text(body, 'mchid', 32),
    description: text(body, 'description', 127),
    tradeNo: tradeNoOf(body),
    timeExpire: timeExpireOf(body),
    attach: optionalText(body, 'attach', 128),
    notifyUrl: notifyUrlOf(body),
    totalFen: totalOf(amount),
    payerOpenid: text(payer, 'openid', 128, '/body/payer/openid'),
    fingerprint: canonicalJson(body),
  }
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
