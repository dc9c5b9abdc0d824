import { Injectable } from '@nestjs/common'
import { Clock } from '../config/clock.js'
import { Database } from '../database/database.js'
import { isDuplicate } from '../database/errors.js'
import { ClockLock } from './clock-lock.entity.js'

/** Lets one process at a time do a recurring work. The lock of a process that died expires. */
@Injectable()
export class Locks {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Runs `work` unless another process holds the lock.
   * @param longestMs after which the lock expires, even when `work` is still running
   * @returns whether it ran
   */
  async exclusively(name: string, longestMs: number, work: () => Promise<void>): Promise<boolean> {
    const heldUntil = new Date(this.clock.now().getTime() + longestMs)
    if (!(await this.take(name, heldUntil))) return false
    try {
      await work()
    } finally {
      // Releases our own lock only. Work that ran longer than `longestMs` may have lost it to another process.
      await this.database.execute('UPDATE clock_lock SET heldUntil = ? WHERE name = ? AND heldUntil = ?', [
        this.clock.now(),
        name,
        heldUntil,
      ])
    }
    return true
  }

  private async take(name: string, heldUntil: Date): Promise<boolean> {
    const taken = await this.database.compareAndSet(
      'UPDATE clock_lock SET heldUntil = ? WHERE name = ? AND heldUntil <= ?',
      [heldUntil, name, this.clock.now()],
    )
    if (taken) return true
    try {
      if (await this.database.repository(ClockLock).existsBy({ name })) return false
      await this.database.repository(ClockLock).insert({ name, heldUntil, doneUntil: null })
      return true
    } catch (error) {
      if (isDuplicate(error)) return false
      throw error
    }
  }
}
