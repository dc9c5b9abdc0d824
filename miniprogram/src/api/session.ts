import type { RefreshSession, Session, StartSession } from '../../../server/contracts/platform/session.js'
import { agreedVersion, forgetAgreement, isSignedOut, markSignedOut } from '../state/consent'
import {
  dropSession,
  isAccessOver,
  keepSession,
  keptSession,
  markAccessRefused,
  type KeptSession,
} from '../state/session'
import { ApiError, errorFromAnswer, offlineError } from './api-error'
import { deviceName } from './device-name'
import { exchange, urlOf } from './transport'

/** Wait in ms before a refresh is repeated because another one was faster, and how often it is repeated. */
const RACE_GAP_MS = 500
const RACE_TRIES = 3

let obtaining: Promise<string> | null = null

/**
 * Returns the access token: the stored one, else one renewed with the refresh token, else one of a new silent sign-in.
 * @throws {ApiError} `consent-needed` or `signed-out` before anything is sent.
 */
export async function accessToken(): Promise<string> {
  const version = consentedVersion()
  const kept = keptSession()
  if (kept && !isAccessOver(kept)) return kept.accessToken
  // pages load in parallel; they share one exchange, because a refresh token must not be sent twice
  obtaining ??= obtain(version).finally(() => (obtaining = null))
  return obtaining
}

/** Records that the server refused the token `used`. A newer token is not affected. */
export function noteRefusal(used: string, code: string): void {
  const kept = keptSession()
  if (kept?.accessToken !== used) return
  if (isOver(code)) leave(code)
  else markAccessRefused(kept)
}

/** Ends the session on the server. The phone does not sign in again until its owner asks for it. */
export async function signOut(): Promise<void> {
  await obtaining?.catch(() => undefined)
  const kept = keptSession()
  // with an expired access token the server would not end the session, so the token is renewed first
  if (kept && !(await endOnServer(kept.accessToken))) {
    const renewed = await renew(kept)
    if (renewed) await endOnServer(renewed)
  }
  dropSession()
  markSignedOut('here')
}

/** @returns false when the server refused the access token, so that the session is still open */
async function endOnServer(accessToken: string): Promise<boolean> {
  const header = { authorization: `Bearer ${accessToken}` }
  const { status, body } = await exchange('DELETE', urlOf('/sessions/current'), header)
  if (status < 400) return true
  const error = errorFromAnswer(status, body)
  if (status !== 401) throw error
  return isOver(error.code)
}

async function obtain(privacyVersion: number): Promise<string> {
  const kept = keptSession()
  const renewed = kept && (await renew(kept))
  if (renewed) return renewed
  consentedVersion()
  return start(privacyVersion)
}

/** @returns the new access token, or null when the session is over */
async function renew({ refreshToken }: KeptSession, tries = RACE_TRIES): Promise<string | null> {
  const request: RefreshSession = { refreshToken }
  const { status, body } = await exchange('POST', urlOf('/session-refreshes'), {}, request)
  if (status < 400) return keep(body as Session)
  const error = errorFromAnswer(status, body)
  if (error.code === 'auth.refresh-raced' && tries > 0) {
    await new Promise((resolve) => setTimeout(resolve, RACE_GAP_MS))
    const kept = keptSession()
    return kept && renew(kept, tries - 1)
  }
  if (status !== 401) throw error
  leave(error.code)
  return null
}

async function start(privacyVersion: number): Promise<string> {
  const code = await loginCode()
  const name = deviceName()
  const request: StartSession = { code, privacyVersion, ...(name ? { deviceName: name } : {}) }
  const { status, body } = await exchange('POST', urlOf('/sessions'), {}, request)
  if (status < 400) return keep(body as Session)
  const error = errorFromAnswer(status, body)
  if (!error.code.startsWith('privacy.')) throw error
  // the privacy statement has changed; the person must read it again first
  forgetAgreement()
  throw new ApiError('consent-needed', error.message, error.code, status)
}

/** Stores a session. Throws when the person signed out or withdrew consent while the answer was on its way. */
function keep(session: Session): string {
  consentedVersion()
  return keepSession(session)
}

/** The version of the statement that the person agreed to. */
function consentedVersion(): number {
  const version = agreedVersion()
  if (version === null) throw new ApiError('consent-needed', '请先阅读隐私说明', 'client.consent-needed', 0)
  if (isSignedOut()) throw new ApiError('signed-out', '您已退出登录', 'client.signed-out', 0)
  return version
}

/** Drops the session. When the owner ended it from another device, the phone does not sign in again silently. */
function leave(code: string): void {
  dropSession()
  if (code === 'auth.signed-out') markSignedOut('elsewhere')
}

const isOver = (code: string) => code === 'auth.session-ended' || code === 'auth.signed-out'

function loginCode(): Promise<string> {
  return new Promise((resolve, reject) => {
    wx.login({ success: ({ code }) => resolve(code), fail: () => reject(offlineError()) })
  })
}
