import { Injectable } from '@nestjs/common'
import type { Tile } from '../../../contracts/home/menu.js'
import { Access } from '../../../platform/access/access.js'
import type { Actor } from '../../../platform/access/actor.js'
import { ContributesToHome, TASK_RANK, type HomePart, type OwnTask } from '../../home-part/index.js'
import { RosterImportQueries } from './roster-import.queries.js'

@Injectable()
@ContributesToHome()
export class RosterHome implements HomePart {
  readonly taskKind = 'correct-import'

  constructor(
    private readonly access: Access,
    private readonly queries: RosterImportQueries,
  ) {}

  /** An upload whose preview was neither executed nor cancelled. */
  async tasksFor(actor: Actor): Promise<OwnTask[]> {
    if (!this.access.maySomewhere(actor, 'roster.import')) return []
    const count = await this.queries.countInPreview(this.access.scope(actor, 'roster.import'))
    if (count === 0) return []
    return [
      {
        rank: TASK_RANK.begun,
        title: `${count} 份花名册等您核对`,
        detail: '已经上传，还没有导入',
        action: '去核对',
      },
    ]
  }

  tileFor(actor: Actor): Tile | null {
    return this.access.maySomewhere(actor, 'roster.import')
      ? { kind: 'roster-imports', title: '导入花名册' }
      : null
  }
}
