import type { KeyObject } from 'node:crypto'
import { Injectable } from '@nestjs/common'
import { PassportStrategy } from '@nestjs/passport'
import { ExtractJwt, Strategy } from 'passport-jwt'
import type { Actor } from '../access/actor.js'
import { isId } from '../database/ids.js'
import { Sessions } from './sessions.js'

interface TokenContent {
  sub?: unknown
  sid?: unknown
}

@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy) {
  constructor(
    key: KeyObject,
    private readonly sessions: Sessions,
  ) {
    super({
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      // The declared type leaves out KeyObject, which jsonwebtoken takes and which is what makes it fast.
      secretOrKey: key as unknown as Buffer,
      algorithms: ['HS256'],
    })
  }

  /** Signed by us, but perhaps by a version that wrote something else into it: then it is no token. */
  async validate({ sub, sid }: TokenContent): Promise<Actor | null> {
    return isId(sub) && isId(sid) ? this.sessions.actorOf(sub, sid) : null
  }
}
