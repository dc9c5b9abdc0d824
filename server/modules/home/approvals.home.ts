import { Injectable } from '@nestjs/common'
import type { Decision } from '../../contracts/home/today.js'
import { Access } from '../../platform/access/access.js'
import type { Actor } from '../../platform/access/actor.js'
import { ApprovalQueries } from '../../platform/approval/approval.queries.js'
import { ContributesToHome, type HomePart } from '../home-part/index.js'

/** What others ask for and the reader decides. It stands here, because the platform knows no home page. */
@Injectable()
@ContributesToHome()
export class ApprovalsHome implements HomePart {
  constructor(
    private readonly access: Access,
    private readonly approvals: ApprovalQueries,
  ) {}

  async decisionsFor(actor: Actor): Promise<Decision[]> {
    if (!this.access.maySomewhere(actor, 'approval.decide')) return []
    const count = await this.approvals.countWaitingFor(actor)
    return count > 0 ? [{ kind: 'approvals', count, words: `${count} 项申请等您决定` }] : []
  }
}
