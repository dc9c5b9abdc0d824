import { Body, Controller, Delete, Get, HttpCode, Post } from '@nestjs/common'
import { PrivacyStatement } from '../../contracts/platform/privacy.js'
import { RefreshSession, Session, StartSession } from '../../contracts/platform/session.js'
import { AboutOneself } from '../access/about.decorator.js'
import type { Actor } from '../access/actor.js'
import { CurrentActor } from '../access/current-actor.decorator.js'
import { Requires } from '../access/requires.decorator.js'
import { EmptyAnswer } from '../http/file-answer.decorator.js'
import { Limited } from '../http/limits/limited.decorator.js'
import { Public } from '../http/public.decorator.js'
import { SIGN_IN } from './auth.budgets.js'
import { SessionRefreshes } from './session-refreshes.js'
import { Sessions } from './sessions.js'

@Controller('api/v1')
export class SessionsController {
  constructor(
    private readonly sessions: Sessions,
    private readonly refreshes: SessionRefreshes,
    private readonly privacy: PrivacyStatement,
  ) {}

  @Public()
  @Get('privacy-statement')
  privacyStatement(): PrivacyStatement {
    return this.privacy
  }

  @Public()
  @Limited(SIGN_IN)
  @AboutOneself()
  @Post('sessions')
  start(@Body() body: StartSession): Promise<Session> {
    return this.sessions.start(body)
  }

  /** Public, because the access token has expired by then. The refresh token proves who asks. */
  @Public()
  @AboutOneself()
  @Post('session-refreshes')
  refresh(@Body() body: RefreshSession): Promise<Session> {
    return this.refreshes.refresh(body)
  }

  @Requires('account.use')
  @AboutOneself()
  @Delete('sessions/current')
  @HttpCode(204)
  @EmptyAnswer()
  end(@CurrentActor() actor: Actor): Promise<void> {
    return this.sessions.end(actor)
  }

  @Requires('account.use')
  @AboutOneself()
  @Delete('me/consent')
  @HttpCode(204)
  @EmptyAnswer()
  withdrawConsent(@CurrentActor() actor: Actor): Promise<void> {
    return this.sessions.withdrawConsent(actor)
  }
}
