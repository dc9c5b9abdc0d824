import { Injectable } from '@nestjs/common'
import { Database } from '../database/database.js'
import type { Holder } from './actor.js'
import { Grant } from './grant.entity.js'
import { withinScope, type Scope } from './scope.js'

/** Grants as lists show them, newest first. It authorizes nobody: the scope is part of the question. */
@Injectable()
export class GrantQueries {
  constructor(private readonly database: Database) {}

  /** @param before id of the grant after which the page begins */
  page(
    scope: Scope,
    { state, before }: { state: 'held' | 'ended'; before: string | undefined },
    limit: number,
  ): Promise<Grant[]> {
    const within = withinScope(scope, 'node')
    // TypeORM's builder names parameters, and a scope numbers them.
    const named = Object.fromEntries(within.parameters.map((value, index) => [`path${index}`, value]))
    let index = 0
    const condition = within.sql.replace(/\?/g, () => `:path${index++}`)
    return this.database
      .repository(Grant)
      .createQueryBuilder('g')
      .where(`g.nodeId IN (SELECT node.id FROM org_node node WHERE ${condition})`, named)
      .andWhere(state === 'held' ? 'g.revokedAt IS NULL' : 'g.revokedAt IS NOT NULL')
      .andWhere('g.id < :before', { before: before ?? '~' })
      .orderBy('g.id', 'DESC')
      .take(limit)
      .getMany()
  }

  find(id: string): Promise<Grant | null> {
    return this.database.repository(Grant).findOneBy({ id })
  }

  /** All that a membership or an office holds and has held. @param most how many */
  ofHolders(holders: readonly Holder[], most: number): Promise<Grant[]> {
    if (holders.length === 0) return Promise.resolve([])
    return this.database
      .repository(Grant)
      .createQueryBuilder('g')
      .where('g.holderId IN (:...ids)', { ids: holders.map(({ id }) => id) })
      .orderBy('g.id', 'DESC')
      .take(most)
      .getMany()
  }
}
