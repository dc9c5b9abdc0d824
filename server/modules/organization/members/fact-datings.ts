import { Injectable } from '@nestjs/common'
import { Clock } from '../../../platform/config/clock.js'
import { Database } from '../../../platform/database/database.js'
import { Conflict } from '../../../platform/http/errors.js'
import { FactDating } from './fact-dating.entity.js'

const ONLY = { id: 'members' }

/** How far members who were stored before facts had days have been given theirs. */
@Injectable()
export class FactDatings {
  /** Once done it stays done. */
  private done = false

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async areDone(): Promise<boolean> {
    if (this.done) return true
    // Without a row there was nobody to work out when facts began to be dated.
    const row = await this.database.repository(FactDating).findOneBy(ONLY)
    this.done = !row || row.finishedAt !== null
    return this.done
  }

  /** @throws Conflict while members are still to be done: what is computed from their facts would be wrong */
  async check(): Promise<void> {
    if (await this.areDone()) return
    throw new Conflict(
      'member.facts-not-ready',
      '系统升级后正在整理党员的历史资料，一般几分钟就好。请稍后再试，现在没有改动任何资料。',
    )
  }

  /** Holds the row until the transaction ends. @returns the id of the last member that is done */
  async hold(): Promise<string> {
    await this.database.lock(FactDating, ONLY.id)
    return (await this.database.repository(FactDating).findOneByOrFail(ONLY)).lastMemberId
  }

  /** @param lastMemberId null: all members are done */
  async advance(lastMemberId: string | null): Promise<void> {
    const change = lastMemberId === null ? { finishedAt: this.clock.now() } : { lastMemberId }
    await this.database.repository(FactDating).update(ONLY, change)
  }
}
