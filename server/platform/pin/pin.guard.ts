import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import type { Actor } from '../access/actor.js'
import { Pins } from './pins.js'

export const PIN_HEADER = 'x-zhibu-pin'

/** The PIN that a request carries; undefined when it carries none. */
export function pinIn({ headers }: Pick<FastifyRequest, 'headers'>): string | undefined {
  const value = headers[PIN_HEADER]
  return typeof value === 'string' ? value : undefined
}

/** Refuses a request without the right PIN of its account. Only routes with `@AsksPin` use it. */
@Injectable()
export class PinGuard implements CanActivate {
  constructor(private readonly pins: Pins) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest & { actor: Actor }>()
    await this.pins.check(request.actor.accountId, pinIn(request))
    return true
  }
}
