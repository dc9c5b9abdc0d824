import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { Access } from '../access/access.js'
import type { Actor } from '../access/actor.js'
import { isId } from '../database/ids.js'
import { pinIn } from '../pin/pin.guard.js'
import { Pins } from '../pin/pins.js'
import { ApprovalKinds } from './approval-kinds.js'
import { ApprovalQueries } from './approval.queries.js'

/** Asks for the PIN where the kind of request does, and only whoever may decide it: others learn nothing. */
@Injectable()
export class ApprovalPin implements CanActivate {
  constructor(
    private readonly queries: ApprovalQueries,
    private readonly kinds: ApprovalKinds,
    private readonly access: Access,
    private readonly pins: Pins,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context
      .switchToHttp()
      .getRequest<FastifyRequest<{ Params: { id?: string } }> & { actor: Actor }>()
    const { id } = request.params
    const [row] = isId(id) ? await this.queries.ofGroup(id) : []
    if (!row) return true
    const { asksPin, permission } = this.kinds.of(row.kind)
    const { path } = await this.access.node(row.unitId)
    if (asksPin && this.access.mayAt(request.actor, permission, path)) {
      await this.pins.check(request.actor.accountId, pinIn(request))
    }
    return true
  }
}
