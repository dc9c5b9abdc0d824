import { Injectable } from '@nestjs/common'
import { Cron } from 'croner'
import { Clock } from '../config/clock.js'
import { Database } from '../database/database.js'
import { isDuplicate } from '../database/errors.js'
import { ClockLock } from './clock-lock.entity.js'
import { Locks } from './locks.js'

/** A process that dies in the middle of such work leaves it to others after this time. */
const LONGEST_MS = 3600_000

/** Work at times of the calendar in Asia/Shanghai. The database knows up to when it is done. */
@Injectable()
export class CalendarTimes {
  constructor(
    private readonly database: Database,
    private readonly locks: Locks,
    private readonly clock: Clock,
  ) {}

  /**
   * Does the work when one of its times has come since it was last done: once, however many were missed while no process
   * ran. Work that fails is due again. A name that is seen for the first time has missed nothing.
   */
  async doWhenDue(times: Cron, name: string, work: () => Promise<void>): Promise<void> {
    if (!(await this.isDue(times, name))) return
    await this.locks.exclusively(name, LONGEST_MS, async () => {
      const now = this.clock.now()
      // Another process may have done it a moment ago.
      if (!(await this.isDue(times, name))) return
      await work()
      // One that overran does not undo what another has said since.
      await this.database.execute('UPDATE clock_lock SET doneUntil = ? WHERE name = ? AND doneUntil < ?', [
        now,
        name,
        now,
      ])
    })
  }

  private async isDue(times: Cron, name: string): Promise<boolean> {
    const next = times.nextRun(await this.doneUntil(name))
    return next !== null && next <= this.clock.now()
  }

  private async doneUntil(name: string): Promise<Date> {
    const now = this.clock.now()
    const locks = this.database.repository(ClockLock)
    const lock = await locks.findOneBy({ name })
    if (lock?.doneUntil) return lock.doneUntil
    try {
      if (lock) await locks.update({ name }, { doneUntil: now })
      else await locks.insert({ name, heldUntil: now, doneUntil: now })
    } catch (error) {
      if (!isDuplicate(error)) throw error
    }
    return now
  }
}

/** @throws TypeError when the pattern is none: five fields, minute first */
export const timesOf = (pattern: string): Cron =>
  new Cron(pattern, { timezone: 'Asia/Shanghai', paused: true })
