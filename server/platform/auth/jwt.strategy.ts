import type { KeyObject } from 'node:crypto'
import { Injectable } from '@nestjs/common'
import { PassportStrategy } from '@nestjs/passport'
import { ExtractJwt, Strategy } from 'passport-jwt'
import type { Actor } from '../access/actor.js'
import { Sessions } from './sessions.js'

interface TokenContent {
  sub: string
  sid: string
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

  validate(content: TokenContent): Promise<Actor> {
    return this.sessions.actorOf(content.sub, content.sid)
  }
}
