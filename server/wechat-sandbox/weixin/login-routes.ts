import { createHmac, randomBytes } from 'node:crypto'
import type { SandboxRequest } from '../http/exchange.js'
import type { Route } from '../http/routes.js'
import type { Clock } from '../state/clock.js'
import type { SandboxState } from '../state/sandbox-state.js'
import { UNDOCUMENTED } from '../undocumented.js'
import type { AccessTokens } from './access-tokens.js'
import { invalidCode, WeixinApiError } from './api-error.js'
import type { OneTimeCodes } from './one-time-codes.js'
import { bodyOf, ok, type WeixinAnswer, type WeixinHandler } from './weixin-call.js'

export interface LoginParts {
  state: SandboxState
  codes: OneTimeCodes
  tokens: AccessTokens
  now: Clock
}

const { errcode: ERRCODE } = UNDOCUMENTED

/** Routes for login, session check, stable access token and phone number. */
export function loginRoutes(parts: LoginParts): Route<WeixinHandler>[] {
  return [
    { method: 'GET', pattern: '/sns/jscode2session', handle: (request) => exchangeLoginCode(parts, request) },
    { method: 'GET', pattern: '/wxa/checksession', handle: (request) => checkSession(parts, request) },
    { method: 'POST', pattern: '/cgi-bin/stable_token', handle: (request) => stableToken(parts, request) },
    {
      method: 'POST',
      pattern: '/wxa/business/getuserphonenumber',
      handle: (request) => phoneNumber(parts, request),
    },
  ]
}

function exchangeLoginCode({ state, codes, now }: LoginParts, { query }: SandboxRequest): WeixinAnswer {
  checkApp(state, query.get('appid'), query.get('secret'))
  if (query.get('grant_type') !== 'authorization_code') throw wrongGrantType()
  const text = query.get('js_code')
  if (!text) throw new WeixinApiError(41008, 'missing code')
  const code = codes.peek('login', text)
  const person = state.people.get(code.openid)
  if (!person) throw invalidCode()
  codes.use(code)
  person.sessionKey = randomBytes(16).toString('base64')
  person.seenAt = now()
  const unionid = person.unionid === undefined ? {} : { unionid: person.unionid }
  return {
    body: { session_key: person.sessionKey, openid: person.openid, ...unionid },
    contentType: UNDOCUMENTED.sessionContentType,
  }
}

/** The signature is an HMAC of an empty text, made with the session key of the person's latest login. */
function checkSession({ state, tokens }: LoginParts, { query }: SandboxRequest): WeixinAnswer {
  tokens.check(query.get('access_token'))
  const person = state.people.get(query.get('openid') ?? '')
  if (!person) throw new WeixinApiError(40003, 'invalid openid')
  const { sessionKey } = person
  const right = sessionKey !== undefined && createHmac('sha256', sessionKey).update('').digest('hex')
  if (query.get('sig_method') !== 'hmac_sha256' || query.get('signature') !== right)
    throw new WeixinApiError(87009, 'invalid signature')
  return ok()
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
  // WeChat's table says that countryCode is a string, its example shows a number. The sandbox sends a number, because
  // callers that expect a string fail on it.
  const phoneInfo = { phoneNumber: code.phone, purePhoneNumber: code.phone, countryCode: 86, watermark }
  return ok({ phone_info: phoneInfo })
}

function checkApp({ app }: SandboxState, appid: unknown, secret: unknown): void {
  if (appid !== app.appid) throw new WeixinApiError(40013, 'invalid appid')
  if (secret !== app.secret) throw new WeixinApiError(40125, 'invalid appsecret')
}

function wrongGrantType(): WeixinApiError {
  return new WeixinApiError(ERRCODE.wrongGrantType, 'invalid grant_type')
}
