import type { Session } from '../../../server/contracts/platform/session.js'
import { read, remove, write } from './storage'

/** The tokens of this phone. */
export interface KeptSession {
  accessToken: string
  /** By the server's clock, in ms since 1970; 0 once the server has refused it. */
  accessExpiresAt: number
  refreshToken: string
  /** By this phone's clock, in ms since 1970. */
  receivedAt: number
}

/** An access token with less remaining lifetime, in ms, could expire before the request arrives. */
const MARGIN_MS = 5_000
/** A phone with a wrong clock sees a new token as expired. So a token is used at least this long before it is renewed. */
const LEAST_USE_MS = 60_000

export const keptSession = () => read<KeptSession>('session')

export const dropSession = () => remove('session')

/** @returns the access token */
export function keepSession({ accessToken, accessExpiresAt, refreshToken }: Session): string {
  const kept: KeptSession = {
    accessToken,
    accessExpiresAt: Date.parse(accessExpiresAt),
    refreshToken,
    receivedAt: Date.now(),
  }
  write('session', kept)
  return accessToken
}

/** Records that the server refused the access token. The refresh token may still be valid. */
export function markAccessRefused(kept: KeptSession): void {
  write('session', { ...kept, accessExpiresAt: 0, receivedAt: 0 })
}

/** Whether the access token has probably expired. Checked before a request, because an upload is sent whole before a refusal. */
export function isAccessOver({ accessExpiresAt, receivedAt }: KeptSession): boolean {
  const now = Date.now()
  return now >= accessExpiresAt - MARGIN_MS && Math.abs(now - receivedAt) >= LEAST_USE_MS
}
