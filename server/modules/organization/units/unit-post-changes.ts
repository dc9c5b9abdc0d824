import { Injectable } from '@nestjs/common'

/** Whether a member holds a post today has become another answer, by a recording or because a day has come. */
export interface PostInForce {
  unitId: string
  memberId: string
  title: string
  isHeld: boolean
}

/** Called in the transaction that changes it. The same may be said twice, so it must do no harm the second time. */
export type OnPostInForce = (posts: readonly PostInForce[]) => Promise<void>

/** Rooms above register here: what depends on a post, such as a role, ends in the same transaction as the post. */
@Injectable()
export class UnitPostChanges {
  private readonly listeners: OnPostInForce[] = []

  register(listener: OnPostInForce): void {
    this.listeners.push(listener)
  }

  async inForce(posts: readonly PostInForce[]): Promise<void> {
    if (posts.length === 0) return
    for (const listen of this.listeners) await listen(posts)
  }
}
