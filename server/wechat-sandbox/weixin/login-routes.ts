import { randomBytes } from 'node:crypto'
import { parseJsonObject, type JsonObject } from '../http/json.js'
import type { SandboxRequest } from '../http/exchange.js'
import type { Route } from '../http/routes.js'
import type { Clock } from '../state/clock.js'
import type { SandboxState } from '../state/sandbox-state.js'
import { UNDOCUMENTED } from '../undocumented.js'
import type { AccessTokens } from './access-tokens.js'
import { invalidCode, WeixinApiError } from './api-error.js'
import type { OneTimeCodes } from './one-time-codes.js'

export interface WeixinAnswer {
  body: JsonObject
  contentType?: string
}

export type WeixinHandler = (request: SandboxRequest) => WeixinAnswer

export interface LoginParts {
  state: SandboxState
  codes: OneTimeCodes
  tokens: AccessTokens
  now: Clock
}

const { errcode: ERRCODE } = UNDOCUMENTED

/** Login, stable access token and phone number. */
export function loginRoutes(parts: LoginParts): Route<WeixinHandler>[] {
  return [
    { method: 'GET', pattern: '/sns/jscode2session', handle: (request) => exchangeLoginCode(parts, request) },
    { method: 'POST', pattern: '/cgi-bin/stable_token', handle: (request) => stableToken(parts, request) },
    {
      method: 'POST',
      pattern: '/wxa/business/getuserphonenumber',
      handle: (request) => phoneNumber(parts, request),
    },
  ]
}

function exchangeLoginCode({ state, codes }: LoginParts, { query }: SandboxRequest): WeixinAnswer {
  checkApp(state, query.get('appid'), query.get('secret'))
  if (query.get('grant_type') !== 'authorization_code') throw wrongGrantType()
  const text = query.get('js_code')
  if (!text) throw new WeixinApiError(41008, 'missing code')
  const code = codes.peek('login', text)
  const person = state.people.get(code.openid)
  if (!person) throw invalidCode()
  codes.use(code)
  person.sessionKey = randomBytes(16).toString('base64')
  const unionid = person.unionid === undefined ? {} : { unionid: person.unionid }
  return {
    body: { session_key: person.sessionKey, openid: person.openid, ...unionid },
    contentType: UNDOCUMENTED.sessionContentType,
  }
}

function stableToken({ state, tokens, now }: LoginParts, request: SandboxRequest): WeixinAnswer {
  const body = bodyOf(request)
  checkApp(state, body['appid'], body['secret'])
  if (body['grant_type'] !== 'client_credential') throw wrongGrantType()
  const { token, expiresAt } = body['force_refresh'] === true ? tokens.forceRefresh() : tokens.current()
  return { body: { access_token: token, expires_in: Math.floor((expiresAt - now()) / 1000) } }
}

function phoneNumber({ state, codes, tokens, now }: LoginParts, request: SandboxRequest): WeixinAnswer {
  tokens.check(request.query.get('access_token'))
  const body = bodyOf(request)
  if (typeof body['code'] !== 'string' || body['code'] === '') {
    throw new WeixinApiError(ERRCODE.phoneCodeMissing, 'invalid code')
  }
  const code = codes.peek('phone', body['code'])
  if (body['openid'] !== undefined && body['openid'] !== code.openid) {
    throw new WeixinApiError(ERRCODE.openidDoesNotOwnPhoneCode, 'invalid openid')
  }
  codes.use(code)
  const watermark = { timestamp: Math.floor(now() / 1000), appid: state.app.appid }
  // The document's table calls countryCode a string, its example shows a number: the number is what trips callers up.
  const phoneInfo = { phoneNumber: code.phone, purePhoneNumber: code.phone, countryCode: 86, watermark }
  return { body: { errcode: 0, errmsg: 'ok', phone_info: phoneInfo } }
}

function checkApp({ app }: SandboxState, appid: unknown, secret: unknown): void {
  if (appid !== app.appid) throw new WeixinApiError(40013, 'invalid appid')
  if (secret !== app.secret) throw new WeixinApiError(40125, 'invalid appsecret')
}

function bodyOf(request: SandboxRequest): JsonObject {
  const body = parseJsonObject(request.body)
  if (!body) throw new WeixinApiError(47001, 'data format error')
  return body
}

function wrongGrantType(): WeixinApiError {
  return new WeixinApiError(ERRCODE.wrongGrantType, 'invalid grant_type')
}
