import { parseJsonObject, type JsonObject } from '../http/json.js'
import type { SandboxRequest } from '../http/exchange.js'
import type { Route } from '../http/routes.js'
import { UNDOCUMENTED } from '../undocumented.js'
import type { AccessTokens } from './access-tokens.js'
import { WeixinApiError } from './api-error.js'

export interface WeixinAnswer {
  /** A Buffer when the answer is an image. */
  body: JsonObject | Buffer
  contentType?: string
  /** Called after the changes are on disk. */
  afterwards?: () => void
}

export type WeixinHandler = (request: SandboxRequest) => WeixinAnswer

/** A POST call with an access token and a JSON object as its body. */
export function postCall(
  tokens: AccessTokens,
  pattern: string,
  answer: (body: JsonObject) => WeixinAnswer,
): Route<WeixinHandler> {
  return {
    method: 'POST',
    pattern,
    handle: (request) => {
      tokens.check(request.query.get('access_token'))
      return answer(bodyOf(request))
    },
  }
}

/** @throws WeixinApiError 47001. */
export function bodyOf(request: SandboxRequest): JsonObject {
  const body = parseJsonObject(request.body)
  if (!body) throw new WeixinApiError(47001, 'data format error')
  return body
}

export function ok(more: JsonObject = {}): WeixinAnswer {
  return { body: { errcode: 0, errmsg: 'ok', ...more } }
}

/** @throws WeixinApiError with `errcode` unless the value is allowed. */
export function demandOneOf(
  value: unknown,
  allowed: readonly unknown[],
  errcode: number,
  what: string,
): void {
  if (!allowed.includes(value)) throw new WeixinApiError(errcode, `invalid ${what}`)
}

export const invalidArgument = (what: string): WeixinApiError =>
  new WeixinApiError(UNDOCUMENTED.errcode.invalidArgument, `invalid args: ${what}`)
