import { Unauthenticated } from '../http/errors.js'
import type { SessionEnding } from './session.rules.js'

/** The request has no token, or a token that we did not issue. */
export const noToken = () => new Unauthenticated('auth.token', '请重新进入小程序登录。')

/** The access token has expired. The phone renews it with the refresh token, without asking the person. */
export const accessExpired = () =>
  new Unauthenticated('auth.access-expired', '登录凭证已到期，请重新进入小程序。')

/**
 * The session has ended and cannot be renewed. The phone then signs in again by itself, unless the owner signed it
 * out from another device: then the person has to choose to sign in.
 */
export function sessionEnded(because: SessionEnding | null | undefined): Unauthenticated {
  return because === 'from-another-device'
    ? new Unauthenticated('auth.signed-out', '已经在另一台设备上让这台设备退出了登录。需要时请重新登录。')
    : new Unauthenticated('auth.session-ended', '登录已失效，请重新进入小程序。')
}
