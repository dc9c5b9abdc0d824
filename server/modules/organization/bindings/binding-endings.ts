import { Injectable, type OnModuleInit } from '@nestjs/common'
import { Audit } from '../../../platform/audit/audit.js'
import { TokenCache } from '../../../platform/auth/token-cache.js'
import { Clock } from '../../../platform/config/clock.js'
import { Database } from '../../../platform/database/database.js'
import { hasEnded, MemberFactChanges, type FactInForce, type FactListener } from '../members/index.js'
import { BindingRecord } from './binding.entity.js'

/** Whoever is no member here any more is no member in the app either; their roles end in the room of roles. */
@Injectable()
export class BindingEndings implements FactListener, OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly changes: MemberFactChanges,
    private readonly tokens: TokenCache,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.changes.register(this)
  }

  async inForce(facts: readonly FactInForce[]): Promise<void> {
    for (const { memberId, kind, value } of facts) {
      if (kind === 'standing' && hasEnded(value)) await this.endFor(memberId)
    }
  }

  private async endFor(memberId: string): Promise<void> {
    const binding = await this.database.repository(BindingRecord).findOneBy({ memberKey: memberId })
    if (!binding) return
    const { id, accountId } = binding
    await this.database.execute(
      `UPDATE binding SET state = 'undone', accountKey = NULL, memberKey = NULL, reason = ?, decidedAt = ?
       WHERE id = ? AND memberKey IS NOT NULL`,
      ['组织关系已不在本支部', this.clock.now(), id],
    )
    await this.audit.record('binding.undone', {
      actorId: null,
      unitId: null,
      subjectId: id,
      data: { memberId },
    })
    this.tokens.forget(accountId)
  }
}
