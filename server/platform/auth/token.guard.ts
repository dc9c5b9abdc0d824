import { Injectable, type ExecutionContext } from '@nestjs/common'
import { Reflector } from '@nestjs/core'
import { AuthGuard } from '@nestjs/passport'
import type { Actor } from '../access/actor.js'
import { ProblemError } from '../http/errors.js'
import { IS_PUBLIC } from '../http/public.decorator.js'
import type { Verified } from './jwt.strategy.js'
import { noToken } from './session-ended.error.js'
import { TokenCache } from './token-cache.js'

interface TokenRequest {
  headers: { authorization?: string }
  user?: Verified
  actor?: Actor
}

/** Finds the actor of a request. A token that was just checked is trusted for 5 s. */
@Injectable()
export class TokenGuard extends AuthGuard('jwt') {
  constructor(
    private readonly reflector: Reflector,
    private readonly cache: TokenCache,
  ) {
    super()
  }

  override canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    if (this.reflector.getAllAndOverride<boolean>(IS_PUBLIC, [context.getHandler(), context.getClass()])) {
      return true
    }
    const request = context.switchToHttp().getRequest<TokenRequest>()
    const header = request.headers.authorization ?? ''
    const known = this.cache.get(header)
    if (known) {
      request.actor = known
      return true
    }
    return this.lookUp(context, request, header)
  }

  private async lookUp(context: ExecutionContext, request: TokenRequest, header: string): Promise<boolean> {
    const lookUp = this.cache.lookUp()
    await super.canActivate(context)
    if (!request.user) throw noToken()
    const { actor, expiresAt } = request.user
    request.actor = actor
    this.cache.set(header, actor, expiresAt, lookUp)
    return true
  }

  override handleRequest<User>(error: unknown, user: User | false): User {
    if (error instanceof ProblemError) throw error
    if (error instanceof Error && !user) throw error
    if (!user) throw noToken()
    return user
  }
}
