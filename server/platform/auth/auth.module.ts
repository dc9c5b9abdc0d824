import { Global, Module, type DynamicModule } from '@nestjs/common'
import { APP_GUARD } from '@nestjs/core'
import { JwtModule } from '@nestjs/jwt'
import { PermissionGuard } from '../access/permission.guard.js'
import { Accounts } from './accounts.js'
import { JwtStrategy } from './jwt.strategy.js'
import { SessionsController } from './sessions.controller.js'
import { Sessions, tokenKey } from './sessions.js'
import { TokenCache } from './token-cache.js'
import { TokenGuard } from './token.guard.js'

@Global()
@Module({})
export class AuthModule {
  /** @param tokenSecret base64 of the key that signs tokens */
  static forRoot(tokenSecret: string): DynamicModule {
    const key = tokenKey(tokenSecret)
    return {
      module: AuthModule,
      imports: [JwtModule.register({ secretOrKeyProvider: () => key, signOptions: { algorithm: 'HS256' } })],
      controllers: [SessionsController],
      providers: [
        Accounts,
        Sessions,
        TokenCache,
        {
          provide: JwtStrategy,
          useFactory: (sessions: Sessions) => new JwtStrategy(key, sessions),
          inject: [Sessions],
        },
        { provide: APP_GUARD, useClass: TokenGuard },
        { provide: APP_GUARD, useClass: PermissionGuard },
      ],
      exports: [Accounts, Sessions, TokenCache],
    }
  }
}
