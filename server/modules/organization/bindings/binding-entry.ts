import { Injectable } from '@nestjs/common'
import { Audit } from '../../../platform/audit/audit.js'
import { TokenCache } from '../../../platform/auth/token-cache.js'
import { Clock } from '../../../platform/config/clock.js'
import { Database } from '../../../platform/database/database.js'
import { Conflict } from '../../../platform/http/errors.js'
import { RoleHoldings } from '../roles/index.js'
import type { BindingRow } from './bindings.queries.js'
import { transitionOf, type Decision } from './bindings.rules.js'

/** Enters a decision about a binding that has been authorized, with its event and the end of roles. */
@Injectable()
export class BindingEntry {
  constructor(
    private readonly database: Database,
    private readonly roles: RoleHoldings,
    private readonly audit: Audit,
    private readonly tokens: TokenCache,
    private readonly clock: Clock,
  ) {}

  /**
   * @param by `decidedBy` is null when an operator decided
   * @throws Conflict when it was decided meanwhile
   */
  async decide(
    { id, memberId, unitId, accountId }: BindingRow,
    decision: Decision,
    { decidedBy, reason }: { decidedBy: string | null; reason: string | null },
  ): Promise<void> {
    const { from, to, event } = transitionOf(decision)
    const keys = to === 'confirmed' ? '' : ', accountKey = NULL, memberKey = NULL'
    const now = this.clock.now()
    await this.database.transaction(async () => {
      const decided = await this.database.compareAndSet(
        `UPDATE binding SET state = ?, decidedBy = ?, decidedAt = ?, reason = ?, confirmedAt = COALESCE(confirmedAt, ?)${keys}
         WHERE id = ? AND state = ?`,
        [to, decidedBy, now, reason, to === 'confirmed' ? now : null, id, from],
      )
      if (!decided) throw decidedMeanwhile()
      if (to === 'undone') {
        await this.roles.endAllOf(
          { kind: 'member', id: memberId },
          { endedBy: 'membership', revokedBy: decidedBy, reason },
        )
      }
      await this.audit.record(event, { actorId: decidedBy, unitId, subjectId: id, data: { memberId } })
    })
    this.tokens.forget(accountId)
  }
}

export const decidedMeanwhile = () =>
  new Conflict('binding.decided-meanwhile', '这条申请已经处理过了，请刷新列表。')
