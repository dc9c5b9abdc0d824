import { Injectable } from '@nestjs/common'
import type { BillChangeList, DuesDifferencePage } from '../../../contracts/organization/dues.js'
import type { PageQuery } from '../../../contracts/platform/paging.js'
import { Access } from '../../../platform/access/access.js'
import type { Actor } from '../../../platform/access/actor.js'
import { NotFound } from '../../../platform/http/errors.js'
import { cursorPart, decodeCursor, limitOf, pageOf } from '../../../platform/http/paging.js'
import { presentBillChange, presentDifference } from './bill-change.presenter.js'
import { BillChangeQueries } from './bill-changes.queries.js'

const MOST = 24

/** Bills that changed after they were made: what the member sees of their own, and what the treasurer has to settle. */
@Injectable()
export class BillChanges {
  constructor(
    private readonly access: Access,
    private readonly queries: BillChangeQueries,
  ) {}

  async ofMine({ membership }: Actor): Promise<BillChangeList> {
    if (!membership) throw new NotFound()
    return { items: (await this.queries.ofMember(membership.memberId, MOST)).map(presentBillChange) }
  }

  async differences(actor: Actor, query: PageQuery): Promise<DuesDifferencePage> {
    const limit = limitOf(query)
    const after = decodeCursor(query.cursor, [cursorPart.id])?.[0]
    const scope = this.access.scope(actor, 'dues.read')
    const rows = await this.queries.differences(scope, after, limit + 1)
    return pageOf(rows, limit, ({ billId }) => [billId], presentDifference)
  }
}
