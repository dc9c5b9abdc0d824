import { Injectable } from '@nestjs/common'
import type { PageQuery } from '../../../contracts/platform/paging.js'
import { Access } from '../../../platform/access/access.js'
import type { Actor } from '../../../platform/access/actor.js'
import { cursorPart, decodeCursor, limitOf, pageOf, type Page } from '../../../platform/http/paging.js'
import { presentListedMember, type ListedMember } from './member.presenter.js'
import { MemberQueries, type MemberCondition } from './members.queries.js'

interface MemberSearch extends PageQuery {
  /** Only this unit and the units below it. */
  unitId?: string
  /** Part of a name. */
  q?: string
}

/** The roster as a list. The member page adds the data of other rooms. */
@Injectable()
export class Members {
  constructor(
    private readonly access: Access,
    private readonly queries: MemberQueries,
  ) {}

  /** Members in the actor's scope by name. @param conditions more conditions, from rooms above */
  async list(
    actor: Actor,
    query: MemberSearch,
    conditions: readonly MemberCondition[],
  ): Promise<Page<ListedMember>> {
    const scope = await this.access.scopeWithin(actor, 'member.read', query.unitId)
    const limit = limitOf(query)
    const after = decodeCursor(query.cursor, [cursorPart.text, cursorPart.id])
    const rows = await this.queries.list(scope, { namePart: query.q?.trim(), conditions }, after, limit + 1)
    return pageOf(rows, limit, ({ name, id }) => [name, id], presentListedMember)
  }
}
