import type { JsonObject } from '../http/json.js'
import type { Route } from '../http/routes.js'
import type { Clock } from '../state/clock.js'
import { randomAlphanumeric } from '../state/random-text.js'
import type { SandboxState } from '../state/sandbox-state.js'
import { UNDOCUMENTED } from '../undocumented.js'
import type { AccessTokens } from './access-tokens.js'
import { WeixinApiError } from './api-error.js'
import { codeImage } from './code-image.js'
import { isPublished } from './subscriptions.js'
import { demandOneOf, invalidArgument, ok, postCall, type WeixinHandler } from './weixin-call.js'

const SCENE = /^[0-9A-Za-z!#$&'()*+,/:;=?@\-._~]{1,32}$/
const VERSIONS = ['release', 'trial', 'develop']
const [MIN_WIDTH, USUAL_WIDTH, MAX_WIDTH] = [280, 430, 1280]
const MAX_QUERY = 1024
const MAX_DAYS = 30
const DAY_S = 86_400

const { errcode: ERRCODE } = UNDOCUMENTED

export interface LinkParts {
  state: SandboxState
  tokens: AccessTokens
  now: Clock
}

/** Routes that make codes and links to a page of the mini-program. */
export function linkRoutes({ state, tokens, now }: LinkParts): Route<WeixinHandler>[] {
  return [
    postCall(tokens, '/wxa/getwxacodeunlimit', (body) => unlimitedCode(state, body)),
    postCall(tokens, '/wxa/generate_urllink', (body) => urlLink(state, body, now())),
  ]
}

function unlimitedCode(state: SandboxState, body: JsonObject) {
  const { scene, page = '', check_path = true, env_version = 'release', width = USUAL_WIDTH } = body
  if (typeof scene !== 'string' || !SCENE.test(scene))
    throw new WeixinApiError(ERRCODE.scene, 'invalid length for scene')
  demandOneOf(env_version, VERSIONS, ERRCODE.invalidArgument, 'env_version')
  if (typeof page !== 'string' || page.startsWith('/') || page.includes('?'))
    throw new WeixinApiError(41030, 'invalid page')
  if (check_path !== false && page !== '' && !isPublished(state, page))
    throw new WeixinApiError(41030, 'invalid page')
  if (typeof width !== 'number' || !Number.isInteger(width)) throw invalidArgument('width')
  const pixels = Math.min(Math.max(width, MIN_WIDTH), MAX_WIDTH)
  return { body: codeImage(scene, page, pixels), contentType: 'image/png' }
}

function urlLink(state: SandboxState, body: JsonObject, nowMs: number) {
  const { path = '', query = '', expire_type = 0, env_version = 'release' } = body
  if (typeof path !== 'string' || (path !== '' && !isPublished(state, path)))
    throw new WeixinApiError(ERRCODE.linkPath, 'invalid weapp pagepath')
  if (typeof query !== 'string' || query.length > MAX_QUERY)
    throw new WeixinApiError(ERRCODE.linkQuery, 'invalid query')
  demandOneOf(env_version, VERSIONS, ERRCODE.linkVersion, 'env_version')
  const seconds =
    expire_type === 1
      ? Number(body['expire_interval']) * DAY_S
      : Number(body['expire_time'] ?? nowMs / 1000 + MAX_DAYS * DAY_S) - nowMs / 1000
  // A link that expires within one minute is refused too.
  if (!(seconds >= 60 && seconds <= MAX_DAYS * DAY_S))
    throw new WeixinApiError(ERRCODE.linkExpiry, 'time limit between 1min and 30 days')
  return ok({ url_link: `https://wxaurl.cn/${randomAlphanumeric(11)}` })
}
