import { Unauthenticated } from '../http/errors.js'
import type { SessionEnding } from './session.rules.js'

/** No token, or one that is none of ours. */
export const noToken = () => new Unauthenticated('auth.token', '请重新进入小程序登录。')

/** Renewed with the refresh token, without a word to the person. */
export const accessExpired = () =>
  new Unauthenticated('auth.access-expired', '登录凭证已到期，请重新进入小程序。')

/**
 * Nothing renews this session. A phone signs in anew by itself, unless its owner signed it out from another device:
 * then signing in again has to be wanted.
 */
export function sessionEnded(because: SessionEnding | null | undefined): Unauthenticated {
  return because === 'from-another-device'
    ? new Unauthenticated('auth.signed-out', '已经在另一台设备上让这台设备退出了登录。需要时请重新登录。')
    : new Unauthenticated('auth.session-ended', '登录已失效，请重新进入小程序。')
}
