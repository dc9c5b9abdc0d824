import { Injectable } from '@nestjs/common'
import type { ActorMembership } from '../../../platform/access/actor.js'
import { MembershipLookup } from '../../../platform/auth/membership-lookup.js'
import { Clock } from '../../../platform/config/clock.js'
import { Database } from '../../../platform/database/database.js'
import { BindingRecord } from './binding.entity.js'
import { BindingQueries } from './bindings.queries.js'
import { ENDED_BY_PERSON } from './bindings.rules.js'

/** Tells the sign-in who an account is on the roster. */
@Injectable()
export class BindingMembershipLookup extends MembershipLookup {
  constructor(
    private readonly database: Database,
    private readonly queries: BindingQueries,
    private readonly clock: Clock,
  ) {
    super()
  }

  membershipOf(accountId: string): Promise<ActorMembership | null> {
    return this.queries.membershipOf(accountId)
  }

  /** The number that WeChat vouched for goes with the consent, in every claim there ever was. */
  async release(accountId: string): Promise<void> {
    await this.database.repository(BindingRecord).update({ accountId }, { phone: '' })
    await this.database.execute(
      `UPDATE binding SET state = 'undone', accountKey = NULL, memberKey = NULL, reason = ?,
              decidedBy = accountId, decidedAt = ?
       WHERE accountKey = ?`,
      [ENDED_BY_PERSON['consent-withdrawal'], this.clock.now(), accountId],
    )
  }
}
