import { Injectable, UnauthorizedException } from '@nestjs/common'
import { PassportStrategy } from '@nestjs/passport'
import { InjectRepository } from '@nestjs/typeorm'
import { ExtractJwt, Strategy } from 'passport-jwt'
import { IsNull, MoreThan, Repository } from 'typeorm'
import { Account, Session } from './entities.js'

/** As its documentation shows it: a secret, and a look at the database for every request. */
@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy) {
  constructor(@InjectRepository(Session) private readonly sessions: Repository<Session>) {
    super({
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      secretOrKey: Buffer.from(process.env['TOKEN_KEY'] ?? '', 'base64'),
    })
  }

  async validate({ sub, sid }: { sub: string; sid: string }): Promise<Account> {
    const session = await this.sessions.findOne({
      where: { id: sid, accountId: sub, endedAt: IsNull(), expiresAt: MoreThan(new Date()) },
      relations: { account: { binding: true } },
    })
    if (!session) throw new UnauthorizedException()
    return session.account
  }
}
