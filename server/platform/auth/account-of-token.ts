import type { JwtService } from '@nestjs/jwt'
import { isId } from '../database/ids.js'
import type { TokenCache } from './token-cache.js'

const BEARER = /^Bearer (\S+)$/i

/**
 * Whose requests are counted: the account of a token that we signed. Not whether it may still be used, which the
 * guard finds out; but nobody can use up the budget of somebody else by writing their id into a token.
 */
export function accountOfToken(cache: TokenCache, tokens: JwtService) {
  return (authorization: string): string | undefined => {
    const known = cache.get(authorization)
    if (known) return known.accountId
    const token = BEARER.exec(authorization)?.[1]
    if (token === undefined) return undefined
    try {
      const { sub } = tokens.verify<{ sub?: unknown }>(token, { algorithms: ['HS256'] })
      return isId(sub) ? sub : undefined
    } catch {
      return undefined
    }
  }
}
