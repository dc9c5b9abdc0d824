import { Injectable, type OnModuleInit } from '@nestjs/common'
import { Audit } from '../../../platform/audit/audit.js'
import { hasEnded, MemberFactChanges, type FactChange } from '../members/index.js'
import { STANDING_WORDS } from '../members/rules.js'
import { UnitPostPeriods, type UnitPost } from '../units/index.js'

/** Whose membership ends holds no post from that day on, in the transaction that records the end. */
@Injectable()
export class PostEndings implements OnModuleInit {
  constructor(
    private readonly changes: MemberFactChanges,
    private readonly posts: UnitPostPeriods,
    private readonly audit: Audit,
  ) {}

  onModuleInit(): void {
    this.changes.register({
      recorded: async (changes) => {
        for (const change of changes) {
          if (change.kind === 'standing' && hasEnded(change.value)) await this.endAll(change)
        }
      },
    })
  }

  private async endAll(change: FactChange): Promise<void> {
    for (const post of await this.posts.ofMemberFrom(change.memberId, change.fromOn)) {
      await this.end(post, change)
    }
  }

  private async end(
    post: UnitPost,
    { memberId, value, fromOn, recordedBy, recordedByName, origin }: FactChange,
  ): Promise<void> {
    const reason = `已登记${STANDING_WORDS[value as keyof typeof STANDING_WORDS]}`
    const evidence = { recordedBy, recordedByName, origin, reason }
    // A post that would have begun later was never held.
    if (post.fromOn >= fromOn) await this.posts.withdraw(post, evidence)
    else await this.posts.replace(post, post.title, { fromOn: post.fromOn, untilOn: fromOn }, evidence)
    await this.audit.record('unit.post-ended', {
      actorId: recordedBy,
      unitId: post.unitId,
      subjectId: post.id,
      data: { memberId, untilOn: fromOn },
    })
  }
}
