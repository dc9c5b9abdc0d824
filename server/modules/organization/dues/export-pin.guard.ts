import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import type { Actor } from '../../../platform/access/actor.js'
import { isId } from '../../../platform/database/ids.js'
import { pinIn } from '../../../platform/pin/pin.guard.js'
import { Pins } from '../../../platform/pin/pins.js'

/** Asks for the PIN when a file is taken on the strength of an approved request: only large files need one. */
@Injectable()
export class ExportPin implements CanActivate {
  constructor(private readonly pins: Pins) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context
      .switchToHttp()
      .getRequest<FastifyRequest<{ Querystring: { approvalId?: string } }> & { actor: Actor }>()
    // What is no id is refused with its field by the check of the query.
    if (isId(request.query.approvalId)) {
      await this.pins.check(request.actor.accountId, pinIn(request))
    }
    return true
  }
}
