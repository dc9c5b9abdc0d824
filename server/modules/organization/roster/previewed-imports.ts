import { Injectable } from '@nestjs/common'
import { Access } from '../../../platform/access/access.js'
import type { Actor } from '../../../platform/access/actor.js'
import type { ImportState } from '../../../contracts/organization/roster-import.js'
import { Database } from '../../../platform/database/database.js'
import { Conflict } from '../../../platform/http/errors.js'
import { RosterImportRecord } from './roster-import.entity.js'

/** Loads and locks an import, and checks that the actor and its state allow a change. */
@Injectable()
export class PreviewedImports {
  constructor(
    private readonly database: Database,
    private readonly access: Access,
  ) {}

  /** @throws NotFound when it is not there or not the actor's */
  load(actor: Actor, id: string): Promise<RosterImportRecord> {
    return this.access.load(actor, 'roster.import', RosterImportRecord, id)
  }

  /**
   * Runs `work` in a transaction that locks the import: another change waits for the lock and then reads the new
   * state.
   * @throws Conflict when the import is no longer in one of these states
   */
  async change<T>(
    actor: Actor,
    id: string,
    work: (record: RosterImportRecord) => Promise<T>,
    states: readonly ImportState[] = ['preview'],
  ): Promise<T> {
    await this.load(actor, id)
    return this.database.transaction(async () => {
      const record = await this.hold(id)
      if (!record || !states.includes(record.state)) {
        throw new Conflict('roster.changed-meanwhile', '这次导入刚刚被处理过，请刷新后再看。')
      }
      return work(record)
    })
  }

  /** Locks an import until the caller's transaction ends. @returns it as it is now */
  async hold(id: string): Promise<RosterImportRecord | null> {
    await this.database.lock(RosterImportRecord, id)
    return this.database.repository(RosterImportRecord).findOneBy({ id })
  }
}
