import type { Session, StartSession } from '../../../server/contracts/session.js'
import { agreedVersion, forgetAgreement, isSignedOut, markSignedOut } from '../state/consent'
import { read, remove, write } from '../state/storage'
import { ApiError, errorFromAnswer, offlineError } from './api-error'
import { exchange, urlOf } from './transport'

let starting: Promise<string> | null = null

/**
 * The bearer token, signing in silently when there is none.
 * @throws {ApiError} `consent-needed` or `signed-out` before anything is sent.
 */
export async function token(): Promise<string> {
  const version = agreedVersion()
  if (version === null) throw new ApiError('consent-needed', '请先阅读隐私说明', 'client.consent-needed', 0)
  if (isSignedOut()) throw new ApiError('signed-out', '您已退出登录', 'client.signed-out', 0)
  const kept = read<string>('token')
  if (kept) return kept
  // pages load side by side: one sign-in serves all of them
  starting ??= start(version).finally(() => (starting = null))
  return starting
}

/** A token the server no longer accepts; a newer one is left alone. */
export function dropToken(used: string): void {
  if (read<string>('token') === used) remove('token')
}

export async function signOut(): Promise<void> {
  const used = read<string>('token')
  if (used) {
    const answer = await exchange('DELETE', urlOf('/sessions/current'), { authorization: `Bearer ${used}` })
    if (answer.status >= 400 && answer.status !== 401) throw errorFromAnswer(answer.status, answer.body)
  }
  remove('token')
  markSignedOut()
}

async function start(privacyVersion: number): Promise<string> {
  const code = await loginCode()
  const request: StartSession = { code, privacyVersion }
  const { status, body } = await exchange('POST', urlOf('/sessions'), {}, request)
  if (status >= 400) {
    const error = errorFromAnswer(status, body)
    if (!error.code.startsWith('privacy.')) throw error
    // the statement has changed since: it must be read again before anything else
    forgetAgreement()
    throw new ApiError('consent-needed', error.message, error.code, status)
  }
  const session = body as Session
  write('token', session.token)
  return session.token
}

function loginCode(): Promise<string> {
  return new Promise((resolve, reject) => {
    wx.login({ success: ({ code }) => resolve(code), fail: () => reject(offlineError()) })
  })
}
