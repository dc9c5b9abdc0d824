import { Injectable } from '@nestjs/common'
import type { AskForArt23, OwnArt23 } from '../../../contracts/organization/exemption.js'
import type { Actor } from '../../../platform/access/actor.js'
import { ApprovalViews } from '../../../platform/approval/approval-views.js'
import { Approvals } from '../../../platform/approval/approvals.js'
import { Conflict, NotFound } from '../../../platform/http/errors.js'
import { MemberDirectory } from './member-directory.js'
import { ART_23_WORDS } from './member-words.js'
import type { MemberRecord } from './member.entity.js'

/** Requests of the reader among which the latest about Art. 23 is looked for. */
const MOST = 100

/** 《党员教育管理工作条例》第二十三条: a member asks that nothing is demanded of them; the branch decides. */
@Injectable()
export class Art23Requests {
  constructor(
    private readonly directory: MemberDirectory,
    private readonly approvals: Approvals,
    private readonly views: ApprovalViews,
  ) {}

  async ofMine(actor: Actor): Promise<OwnArt23> {
    const { art23 } = await this.own(actor)
    const { items } = await this.views.mine(actor, { limit: MOST })
    const request = items.find(({ kind }) => kind === 'member.art-23') ?? null
    return { value: art23, text: ART_23_WORDS[art23], request }
  }

  /** @throws Conflict when nothing is demanded already, or a request waits */
  async ask(actor: Actor, { reason }: AskForArt23): Promise<OwnArt23> {
    const { id, unitId, art23 } = await this.own(actor)
    if (art23 !== 'none') {
      throw new Conflict('member.fact-known', '支部已经登记不作要求，不用再申请。')
    }
    await this.approvals.ask(
      actor,
      'member.art-23',
      { unitId },
      {
        subjectId: id,
        aboutMemberId: id,
        content: { reason: reason.trim() },
      },
    )
    return this.ofMine(actor)
  }

  private own({ membership }: Actor): Promise<MemberRecord> {
    if (!membership) throw new NotFound()
    return this.directory.get(membership.memberId)
  }
}
