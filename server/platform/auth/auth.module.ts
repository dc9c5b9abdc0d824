import { Global, Module, type DynamicModule, type Type } from '@nestjs/common'
import { APP_GUARD } from '@nestjs/core'
import { JwtModule } from '@nestjs/jwt'
import { PrivacyStatement } from '../../contracts/platform/privacy.js'
import { AboutYourself } from '../access/about-yourself.guard.js'
import { PermissionGuard } from '../access/permission.guard.js'
import { Clock } from '../config/clock.js'
import { Accounts } from './accounts.js'
import { DevicesController } from './devices.controller.js'
import { Devices } from './devices.js'
import { JwtStrategy } from './jwt.strategy.js'
import { SessionRefreshes } from './session-refreshes.js'
import { SessionRetention } from './session-retention.jobs.js'
import { SessionTokens, tokenKey } from './session-tokens.js'
import { UntakenInput } from '../http/untaken-input.guard.js'
import { SessionsController } from './sessions.controller.js'
import { Sessions } from './sessions.js'
import { TokenCache } from './token-cache.js'
import { TokenGuard } from './token.guard.js'

export interface AuthOptions {
  /** Base64 of the key that signs tokens. */
  tokenSecret: string
  /** What a person agrees to by signing in. */
  privacyStatement: PrivacyStatement
  /** The module that provides `MembershipLookup`. */
  memberships: Type
}

@Global()
@Module({})
export class AuthModule {
  static forRoot({ tokenSecret, privacyStatement, memberships }: AuthOptions): DynamicModule {
    const key = tokenKey(tokenSecret)
    return {
      module: AuthModule,
      imports: [
        JwtModule.register({ secretOrKeyProvider: () => key, signOptions: { algorithm: 'HS256' } }),
        memberships,
      ],
      controllers: [SessionsController, DevicesController],
      providers: [
        Accounts,
        Devices,
        Sessions,
        SessionRefreshes,
        SessionRetention,
        SessionTokens,
        TokenCache,
        { provide: PrivacyStatement, useValue: privacyStatement },
        {
          provide: JwtStrategy,
          useFactory: (sessions: Sessions, clock: Clock) => new JwtStrategy(key, sessions, clock),
          inject: [Sessions, Clock],
        },
        { provide: APP_GUARD, useClass: TokenGuard },
        { provide: APP_GUARD, useClass: PermissionGuard },
        // After the permission: who may not call a route is not told what it takes.
        { provide: APP_GUARD, useClass: UntakenInput },
        { provide: APP_GUARD, useClass: AboutYourself },
      ],
      exports: [Accounts, Sessions, TokenCache],
    }
  }
}
