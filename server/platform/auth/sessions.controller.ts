import { Body, Controller, Delete, Get, HttpCode, Post } from '@nestjs/common'
import { PrivacyStatement } from '../../contracts/privacy.js'
import { Session, StartSession } from '../../contracts/session.js'
import type { Actor } from '../access/actor.js'
import { CurrentActor } from '../access/current-actor.decorator.js'
import { Requires } from '../access/requires.decorator.js'
import { EmptyAnswer } from '../http/file-answer.decorator.js'
import { Public } from '../http/public.decorator.js'
import { PRIVACY_STATEMENT } from './privacy.js'
import { Sessions } from './sessions.js'
import { TokenCache } from './token-cache.js'

@Controller('api/v1')
export class SessionsController {
  constructor(
    private readonly sessions: Sessions,
    private readonly cache: TokenCache,
  ) {}

  @Public()
  @Get('privacy-statement')
  privacyStatement(): PrivacyStatement {
    return PRIVACY_STATEMENT
  }

  @Public()
  @Post('sessions')
  start(@Body() body: StartSession): Promise<Session> {
    return this.sessions.start(body)
  }

  @Requires('account.use')
  @Delete('sessions/current')
  @HttpCode(204)
  @EmptyAnswer()
  async end(@CurrentActor() actor: Actor): Promise<void> {
    await this.sessions.end(actor)
    this.cache.forget(actor.accountId)
  }

  @Requires('account.use')
  @Delete('me/consent')
  @HttpCode(204)
  @EmptyAnswer()
  async withdrawConsent(@CurrentActor() actor: Actor): Promise<void> {
    await this.sessions.withdrawConsent(actor)
    this.cache.forget(actor.accountId)
  }
}
