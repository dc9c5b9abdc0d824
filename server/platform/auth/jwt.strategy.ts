import type { KeyObject } from 'node:crypto'
import { Injectable } from '@nestjs/common'
import { PassportStrategy } from '@nestjs/passport'
import { ExtractJwt, Strategy } from 'passport-jwt'
import type { Actor } from '../access/actor.js'
import { Clock } from '../config/clock.js'
import { isId } from '../database/ids.js'
import { accessExpired } from './session-ended.error.js'
import { Sessions } from './sessions.js'

interface TokenContent {
  sub?: unknown
  sid?: unknown
  /** Seconds since 1970. */
  exp?: unknown
}

/** The actor of an access token, and when the token expires. */
export interface Verified {
  actor: Actor
  expiresAt: Date
}

@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy) {
  constructor(
    key: KeyObject,
    private readonly sessions: Sessions,
    private readonly clock: Clock,
  ) {
    super({
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      // The declared type leaves out KeyObject, but jsonwebtoken accepts it and is much faster with it.
      secretOrKey: key as unknown as Buffer,
      algorithms: ['HS256'],
      // `validate` checks the expiry, by our own clock and with its own error code.
      ignoreExpiration: true,
    })
  }

  /**
   * The token is signed by us, but perhaps by a version that wrote other content into it.
   * @returns null when the content is not of this version
   * @throws Unauthenticated when the token has expired or its session has ended
   */
  async validate({ sub, sid, exp }: TokenContent): Promise<Verified | null> {
    if (!isId(sub) || !isId(sid) || typeof exp !== 'number') return null
    const expiresAt = new Date(exp * 1000)
    if (!(expiresAt > this.clock.now())) throw accessExpired()
    return { actor: await this.sessions.actorOf(sub, sid), expiresAt }
  }
}
