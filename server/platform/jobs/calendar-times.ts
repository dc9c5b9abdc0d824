import { Injectable } from '@nestjs/common'
import { Cron } from 'croner'
import { Clock } from '../config/clock.js'
import { Database } from '../database/database.js'
import { isDuplicate } from '../database/errors.js'
import { ClockLock } from './clock-lock.entity.js'
import { Locks } from './locks.js'

/** Ms after which another process may do the work of a process that has died. */
const LONGEST_MS = 3600_000

/** Runs work at calendar times in Asia/Shanghai. The database stores until when the work is done. */
@Injectable()
export class CalendarTimes {
  constructor(
    private readonly database: Database,
    private readonly locks: Locks,
    private readonly clock: Clock,
  ) {}

  /**
   * Runs the work when one of its times has come since it was last done. It runs once, however many times were missed
   * while no process ran. Work that fails is due again. Work with a new name has missed no times.
   */
  async doWhenDue(times: Cron, name: string, work: () => Promise<void>): Promise<void> {
    if (!(await this.isDue(times, name))) return
    await this.locks.exclusively(name, LONGEST_MS, async () => {
      const now = this.clock.now()
      // Another process may have done it a moment ago.
      if (!(await this.isDue(times, name))) return
      await work()
      // A run that outlived its lock must not set back the time that another process has stored since.
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

/** @throws TypeError when the pattern is invalid. It has five fields, minute first */
export const timesOf = (pattern: string): Cron =>
  new Cron(pattern, { timezone: 'Asia/Shanghai', paused: true })
