import { isAxiosError } from 'axios'
import { Upstream } from '../http/errors.js'

/** WeChat's documents use several spellings. */
const UNKNOWN_ORDER = ['ORDER_NOT_EXIST', 'RESOURCE_NOT_EXISTS', 'ORDERNOTEXIST']

/** WeChat Pay refused the request. A caller that cannot handle it lets it reach the person as a problem. */
export class PayRefusal extends Upstream {
  constructor(
    /** WeChat's code, such as `ORDERPAID`. */
    readonly wechatCode: string,
    /** WeChat's message, for the log. */
    readonly wechatMessage: string,
  ) {
    super('wechat-pay.refused', '微信支付暂时没有受理，没有扣款。请稍后再试；如果一直这样，请告诉管理员。')
  }

  /** Whether WeChat does not know the order. */
  get orderIsUnknown(): boolean {
    return UNKNOWN_ORDER.includes(this.wechatCode)
  }
}

/**
 * It is unknown whether WeChat executed the request: there was no answer, an answer that cannot be verified, too many
 * requests (429), or a server error (5xx).
 */
export class PayUnreachable extends Upstream {
  constructor(
    /** HTTP status, 0 without an answer. */
    readonly httpStatus: number,
    /** How long WeChat asks us to wait, in milliseconds. */
    readonly retryAfterMs: number | undefined,
  ) {
    super('wechat-pay.unreachable', '暂时连接不上微信支付，没有扣款。请稍后再试。')
  }

  /** Whether other orders would fail too: no answer, an error of WeChat's gateway, or too many requests. */
  get concernsEverybody(): boolean {
    return [0, 429, 502, 503, 504].includes(this.httpStatus)
  }
}

/** Converts the error of a failed request. */
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

/** Reads Retry-After, which is a number of seconds or a date. @returns milliseconds */
function retryAfterMs(header: unknown): number | undefined {
  if (typeof header !== 'string' || header === '') return undefined
  const seconds = Number(header)
  const ms = Number.isNaN(seconds) ? Date.parse(header) - Date.now() : seconds * 1000
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined
}
