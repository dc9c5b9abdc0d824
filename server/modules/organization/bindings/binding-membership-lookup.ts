import { Injectable } from '@nestjs/common'
import type { ActorMembership } from '../../../platform/access/actor.js'
import { Audit } from '../../../platform/audit/audit.js'
import { MembershipLookup } from '../../../platform/auth/membership-lookup.js'
import { Clock } from '../../../platform/config/clock.js'
import { Database } from '../../../platform/database/database.js'
import { RoleHoldings } from '../roles/index.js'
import { BindingRecord } from './binding.entity.js'
import { BindingQueries } from './bindings.queries.js'
import { ENDED_BY_PERSON } from './bindings.rules.js'

/** Tells the sign-in which member an account is bound to. */
@Injectable()
export class BindingMembershipLookup extends MembershipLookup {
  constructor(
    private readonly database: Database,
    private readonly queries: BindingQueries,
    private readonly roles: RoleHoldings,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {
    super()
  }

  membershipOf(accountId: string): Promise<ActorMembership | null> {
    return this.queries.membershipOf(accountId)
  }

  /**
   * The consent is withdrawn: deletes the telephone number from all claims of the account, ends the current one and all
   * roles that it or an office carries.
   */
  async release(accountId: string): Promise<void> {
    const bindings = this.database.repository(BindingRecord)
    await bindings.update({ accountId }, { phone: '' })
    await this.roles.leaveOffices(accountId)
    const standing = await bindings.findOneBy({ accountKey: accountId })
    if (!standing) return
    const undone = await this.database.compareAndSet(
      `UPDATE binding SET state = 'undone', accountKey = NULL, memberKey = NULL, reason = ?,
              decidedBy = accountId, decidedAt = ?
       WHERE accountKey = ?`,
      [ENDED_BY_PERSON['consent-withdrawal'], this.clock.now(), accountId],
    )
    if (!undone) return
    if (standing.memberId !== null && standing.state === 'confirmed') {
      await this.roles.endAllOf(
        { kind: 'member', id: standing.memberId },
        { endedBy: 'consent', revokedBy: accountId },
      )
    }
    await this.audit.record('binding.withdrawn', { actorId: accountId, unitId: null, subjectId: standing.id })
  }
}
