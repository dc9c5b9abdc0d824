import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common'
import { Reflector } from '@nestjs/core'
import { Forbidden } from '../http/errors.js'
import { IS_PUBLIC } from '../http/public.decorator.js'
import { Access } from './access.js'
import type { Actor } from './actor.js'
import type { Permission } from './permissions.js'
import { REQUIRES } from './requires.decorator.js'

/** Refuses an actor who holds the permission nowhere. A route that names no permission refuses everybody. */
@Injectable()
export class PermissionGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly access: Access,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const targets = [context.getHandler(), context.getClass()]
    if (this.reflector.getAllAndOverride<boolean>(IS_PUBLIC, targets)) return true
    const permission = this.reflector.getAllAndOverride<Permission | undefined>(REQUIRES, targets)
    const { actor } = context.switchToHttp().getRequest<{ actor?: Actor }>()
    if (!permission || !actor || !this.access.maySomewhere(actor, permission)) {
      throw new Forbidden(
        'access.not-yours',
        '这项工作不在您的职责内。如果应当由您来做，请联系上级组织授权。',
      )
    }
    return true
  }
}
