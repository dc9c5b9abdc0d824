import { randomAlphanumeric } from '../state/random-text.js'
import type { Clock } from '../state/clock.js'
import type { AccessToken, SandboxState } from '../state/sandbox-state.js'
import { UNDOCUMENTED } from '../undocumented.js'
import { WeixinApiError } from './api-error.js'

const LIFETIME_MS = 7_200_000
/** The platform issues a new token this long before the old one expires. Until then both are valid. */
const RENEWAL_MS = 300_000
const FORCED_INTERVAL_MS = 30_000
const FORCED_PER_DAY = 20
const DAY_MS = 86_400_000

/** Tokens of `POST /cgi-bin/stable_token`. A repeated call returns the same token. */
export class AccessTokens {
  constructor(
    private readonly state: SandboxState,
    private readonly now: Clock,
  ) {}

  current(): AccessToken {
    const newest = [...this.state.accessTokens.values()].at(-1)
    return newest && newest.expiresAt - this.now() > RENEWAL_MS ? newest : this.issue()
  }

  /** Replaces the token at once. @throws WeixinApiError when called more often than documented. */
  forceRefresh(): AccessToken {
    const today = this.state.forcedTokenRefreshesAt.filter((at) => this.now() - at < DAY_MS)
    const last = today.at(-1)
    if (today.length >= FORCED_PER_DAY || (last !== undefined && this.now() - last < FORCED_INTERVAL_MS)) {
      throw new WeixinApiError(UNDOCUMENTED.errcode.forcedRefreshTooOften, 'reach max api daily quota limit')
    }
    this.state.forcedTokenRefreshesAt = [...today, this.now()]
    this.revokeAll()
    return this.issue()
  }

  /** @throws WeixinApiError 41001, 40001 or 42001. */
  check(token: string | null): void {
    if (!token) throw new WeixinApiError(UNDOCUMENTED.errcode.accessTokenMissing, 'access_token missing')
    const known = this.state.accessTokens.get(token)
    if (!known) {
      throw new WeixinApiError(40001, 'invalid credential, access_token is invalid or not latest')
    }
    if (known.expiresAt <= this.now()) throw new WeixinApiError(42001, 'access_token expired')
  }

  /** Revokes every token, as a forced refresh by another program does. */
  revokeAll(): void {
    this.state.accessTokens.clear()
  }

  private issue(): AccessToken {
    // Expired tokens are kept for a day, so that they answer 42001 and not 40001.
    for (const [key, old] of this.state.accessTokens) {
      if (this.now() - old.expiresAt > DAY_MS) this.state.accessTokens.delete(key)
    }
    const token = randomAlphanumeric(UNDOCUMENTED.accessTokenLength)
    const issued = { token, issuedAt: this.now(), expiresAt: this.now() + LIFETIME_MS }
    this.state.accessTokens.set(token, issued)
    return issued
  }
}
