import { isAxiosError } from 'axios'
import { Upstream } from '../http/errors.js'

/** WeChat's manuals spell it in several ways. */
const UNKNOWN_ORDER = ['ORDER_NOT_EXIST', 'RESOURCE_NOT_EXISTS', 'ORDERNOTEXIST']

/** WeChat Pay answered with an error of its own. Whoever cannot do anything about it lets it pass to the person. */
export class PayRefusal extends Upstream {
  constructor(
    /** WeChat's own code, such as `ORDERPAID`. */
    readonly wechatCode: string,
    /** WeChat's own words, for the log. */
    readonly wechatMessage: string,
  ) {
    super('wechat-pay.refused', '微信支付暂时没有受理，没有扣款。请稍后再试；如果一直这样，请告诉管理员。')
  }

  /** WeChat has never heard of the order. */
  get orderIsUnknown(): boolean {
    return UNKNOWN_ORDER.includes(this.wechatCode)
  }
}

/** Nobody knows whether WeChat did it: no answer, one that cannot be believed, too many requests, or a fault of theirs. */
export class PayUnreachable extends Upstream {
  constructor(
    /** HTTP status, 0 without an answer. */
    readonly httpStatus: number,
    /** How long WeChat asks us to wait, in milliseconds. */
    readonly retryAfterMs: number | undefined,
  ) {
    super('wechat-pay.unreachable', '暂时连接不上微信支付，没有扣款。请稍后再试。')
  }

  /** True when others would fare no better: nobody answers, WeChat's gate does, or we are asking too much. */
  get concernsEverybody(): boolean {
    return [0, 429, 502, 503, 504].includes(this.httpStatus)
  }
}

/** What a failed request means for whoever asked. */
export function payErrorOf(error: unknown): PayRefusal | PayUnreachable {
  if (!isAxiosError(error)) return new PayUnreachable(0, undefined)
  const { response } = error
  const body: unknown = response?.data
  const status = response?.status ?? 0
  const { code, message } = (body ?? {}) as { code?: unknown; message?: unknown }
  if (status >= 400 && status < 500 && status !== 429 && typeof code === 'string') {
    return new PayRefusal(code, typeof message === 'string' ? message : code)
  }
  return new PayUnreachable(status, retryAfterMs(response?.headers['retry-after']))
}

/** Seconds or a date, as HTTP allows. */
function retryAfterMs(header: unknown): number | undefined {
  if (typeof header !== 'string' || header === '') return undefined
  const seconds = Number(header)
  const ms = Number.isNaN(seconds) ? Date.parse(header) - Date.now() : seconds * 1000
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined
}
