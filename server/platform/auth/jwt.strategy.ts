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

/** Who an access token stands for, and how long it does. */
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
      // The declared type leaves out KeyObject, which jsonwebtoken takes and which is what makes it fast.
      secretOrKey: key as unknown as Buffer,
      algorithms: ['HS256'],
      // Looked at below, by our own clock and with an answer of its own.
      ignoreExpiration: true,
    })
  }

  /** Signed by us, but perhaps by a version that wrote something else into it: then it is no token. */
  async validate({ sub, sid, exp }: TokenContent): Promise<Verified | null> {
    if (!isId(sub) || !isId(sid) || typeof exp !== 'number') return null
    const expiresAt = new Date(exp * 1000)
    if (!(expiresAt > this.clock.now())) throw accessExpired()
    return { actor: await this.sessions.actorOf(sub, sid), expiresAt }
  }
}
