import { Injectable, type OnModuleInit } from '@nestjs/common'
import { Grants } from '../../../platform/access/grants.js'
import { Access } from '../../../platform/access/access.js'
import { Scheduler } from '../../../platform/jobs/scheduler.js'
import { hasEnded, MemberFactChanges, type FactInForce, type FactListener } from '../members/index.js'
import { UnitPostChanges, type PostInForce } from '../units/index.js'
import { RoleHoldings } from './role-holdings.js'

/** Grants that are ended in one transaction when their term is over. */
const AT_ONCE = 200

/** Ends roles with what carries them: membership, unit, post and term. Bindings call `RoleHoldings` themselves. */
@Injectable()
export class RoleCarriers implements FactListener, OnModuleInit {
  constructor(
    private readonly access: Access,
    private readonly grants: Grants,
    private readonly holdings: RoleHoldings,
    private readonly changes: MemberFactChanges,
    private readonly posts: UnitPostChanges,
    private readonly scheduler: Scheduler,
  ) {}

  onModuleInit(): void {
    this.changes.register(this)
    this.posts.register((posts) => this.afterPosts(posts))
    // Just after midnight; the guard asks for the day itself, so nobody acts in a role whose term is over meanwhile.
    this.scheduler.at('6 0 * * *', 'roles.end-terms', () => this.endTerms())
  }

  async inForce(facts: readonly FactInForce[]): Promise<void> {
    for (const { memberId, kind, value } of facts) {
      if (kind === 'standing' && hasEnded(value)) {
        await this.holdings.endAllOf(
          { kind: 'member', id: memberId },
          { endedBy: 'membership', revokedBy: null },
        )
      }
      if (kind === 'unit') await this.afterMove(memberId, value)
    }
  }

  /** Whoever moves keeps only roles over units that the new unit belongs to. */
  private async afterMove(memberId: string, unitId: string): Promise<void> {
    const open = await this.grants.openOf({ kind: 'member', id: memberId })
    if (open.length === 0) return
    const { path } = await this.access.node(unitId)
    const lost = open.filter((grant) => !path.startsWith(grant.path)).map(({ id }) => id)
    await this.holdings.end(lost, { endedBy: 'unit', revokedBy: null })
  }

  private async afterPosts(posts: readonly PostInForce[]): Promise<void> {
    for (const { unitId, memberId, title, isHeld } of posts) {
      if (isHeld) continue
      const open = await this.grants.openOf({ kind: 'member', id: memberId })
      const lost = open.filter((grant) => grant.postUnitId === unitId && grant.postTitle === title)
      await this.holdings.end(
        lost.map(({ id }) => id),
        { endedBy: 'post', revokedBy: null },
      )
    }
  }

  /** Ends roles whose last day is over, some at a time. */
  async endTerms(): Promise<void> {
    for (;;) {
      const ids = await this.grants.overdue(AT_ONCE)
      if (ids.length === 0) return
      await this.holdings.end(ids, { endedBy: 'term', revokedBy: null })
    }
  }
}
