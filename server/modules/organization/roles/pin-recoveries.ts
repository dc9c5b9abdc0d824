import { Injectable } from '@nestjs/common'
import { Access } from '../../../platform/access/access.js'
import type { Actor } from '../../../platform/access/actor.js'
import { GrantQueries } from '../../../platform/access/grant.queries.js'
import { isId } from '../../../platform/database/ids.js'
import { Conflict, NotFound } from '../../../platform/http/errors.js'
import { Pins } from '../../../platform/pin/pins.js'

/** Somebody who manages roles takes the forgotten PIN of another person away. */
@Injectable()
export class PinRecoveries {
  constructor(
    private readonly grants: GrantQueries,
    private readonly access: Access,
    private readonly pins: Pins,
  ) {}

  /** @param grantId any role of the person @throws NotFound; Conflict when the person has no PIN */
  async clear(actor: Actor, grantId: string): Promise<void> {
    const grant = isId(grantId) ? await this.grants.find(grantId) : null
    if (!grant || grant.revokedAt) throw new NotFound()
    await this.access.authorize(actor, 'role.manage', grant.nodeId)
    // The PIN serves all roles of the account: a wider one is decided about by its own unit.
    const path = await this.access.decidingPath(grant.holderId, grant.nodeId)
    if (!this.access.mayAt(actor, 'role.manage', path)) {
      throw new Conflict(
        'access.wider-role',
        '这位同志在上级组织有工作角色，这件事由上级组织办理，请向上级提出。',
      )
    }
    const by = { actorId: actor.accountId, unitId: grant.nodeId }
    if (await this.pins.clear(grant.accountId, by)) return
    throw new Conflict('pin.not-set', '对方没有设置操作密码，不用清除。')
  }
}
