import { Injectable } from '@nestjs/common'
import { ApprovalPeople, type Person } from '../../../platform/approval/approval-people.js'
import { daysBefore } from '../../../platform/config/business-time.js'
import { Clock } from '../../../platform/config/clock.js'
import { Database } from '../../../platform/database/database.js'
import { Persons } from '../members/index.js'
import { HEARD_AFTER_UNDOING_DAYS } from './bindings.rules.js'

/** Who asks for something, who decides it, and whom it concerns. */
@Injectable()
export class BindingPeople extends ApprovalPeople {
  constructor(
    private readonly database: Database,
    private readonly persons: Persons,
    private readonly clock: Clock,
  ) {
    super()
  }

  async nameOf({ accountId }: Person): Promise<string> {
    return (await this.persons.ofAccounts([accountId])).get(accountId) ?? ''
  }

  async membersOf({ accountId, membership }: Person): Promise<string[]> {
    const rows = await this.database.query<{ memberId: string }>(
      `SELECT DISTINCT memberId FROM binding
       WHERE accountId = ? AND memberId IS NOT NULL AND state = 'undone' AND confirmedAt IS NOT NULL AND decidedAt > ?`,
      [accountId, daysBefore(this.clock.now(), HEARD_AFTER_UNDOING_DAYS)],
    )
    const former = rows.map(({ memberId }) => memberId)
    return membership ? [membership.memberId, ...former] : former
  }
}
