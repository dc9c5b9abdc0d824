import type { JwtService } from '@nestjs/jwt'
import type { Clock } from '../config/clock.js'
import { isId } from '../database/ids.js'
import type { TokenCache } from './token-cache.js'

const BEARER = /^Bearer (\S+)$/i

/**
 * Finds the account whose requests are counted: the one in a token that we signed. The guard checks later whether the
 * token may still be used. Without our signature anybody could use up another account's budget with its id.
 */
export function accountOfToken(cache: TokenCache, tokens: JwtService, clock: Clock) {
  return (authorization: string): string | undefined => {
    const known = cache.get(authorization)
    if (known) return known.accountId
    const token = BEARER.exec(authorization)?.[1]
    if (token === undefined) return undefined
    try {
      const { sub } = tokens.verify<{ sub?: unknown }>(token, {
        algorithms: ['HS256'],
        // By our own clock, as everywhere: that of the library is another one.
        clockTimestamp: Math.floor(clock.now().getTime() / 1000),
      })
      return isId(sub) ? sub : undefined
    } catch {
      return undefined
    }
  }
}
