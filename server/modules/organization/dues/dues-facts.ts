import { Injectable, type OnModuleInit } from '@nestjs/common'
import { MemberFactChanges, type FactChange, type FactListener } from '../members/index.js'
import { BillCorrections } from './bill-corrections.js'
import { DuesPlaces } from './dues-places.js'
import type { BillCause } from '../../../contracts/organization/dues.js'

/** Dues follow the facts of members: where they pay follows their unit, and bills of the months concerned follow both. */
@Injectable()
export class DuesFacts implements FactListener, OnModuleInit {
  constructor(
    private readonly changes: MemberFactChanges,
    private readonly places: DuesPlaces,
    private readonly corrections: BillCorrections,
  ) {}

  onModuleInit(): void {
    this.changes.register(this)
  }

  async recorded(changes: readonly FactChange[]): Promise<void> {
    await this.places.follow(changes.filter(({ kind }) => kind === 'unit'))
    for (const change of changes) {
      // Days that were worked out afterwards are no news: bills stay as they are.
      if (change.origin === 'migration') continue
      if (change.kind === 'unit' || change.kind === 'standing') await this.correct(change, change.kind)
    }
  }

  /** A letter may name an earlier month than that of the move. */
  private correct(change: FactChange, cause: BillCause): Promise<void> {
    const { memberId, fromOn, untilOn, duesPaidThrough, reason } = change
    const from = duesPaidThrough !== null && duesPaidThrough < fromOn ? duesPaidThrough : fromOn
    return this.corrections.correct([memberId], { fromOn: from, untilOn }, { cause, reason })
  }
}
