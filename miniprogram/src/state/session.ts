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

/** An access token this close to its end would run out on the way, in ms. */
const MARGIN_MS = 5_000
/** A phone whose clock is wrong takes a new token for an old one: it is used so long before it is renewed again. */
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

/** The server does not take the access token any more; the refresh token may still be good. */
export function markAccessRefused(kept: KeptSession): void {
  write('session', { ...kept, accessExpiresAt: 0, receivedAt: 0 })
}

/** Whether it is better not to try: a file would be sent whole before it is refused. */
export function isAccessOver({ accessExpiresAt, receivedAt }: KeptSession): boolean {
  const now = Date.now()
  return now >= accessExpiresAt - MARGIN_MS && Math.abs(now - receivedAt) >= LEAST_USE_MS
}
