import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common'
import { Config } from '../config/config.js'
import { CalendarTimes, timesOf } from './calendar-times.js'
import { JobLanes } from './job-lanes.js'
import { Locks } from './locks.js'

const JOB_INTERVAL_MS = 500
const CALENDAR_INTERVAL_MS = 60_000
const FIRST_BEAT_MS = 1_000

interface Recurring {
  name: string
  everyMs: number
  work: () => Promise<unknown>
}

/** Starts due jobs and runs recurring work in this process. */
@Injectable()
export class Scheduler implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(Scheduler.name)
  private readonly recurring = new Map<string, Recurring>()
  private readonly timers: NodeJS.Timeout[] = []
  private readonly running = new Set<Promise<void>>()
  private stopped = false

  constructor(
    private readonly config: Config,
    private readonly lanes: JobLanes,
    private readonly locks: Locks,
    private readonly calendar: CalendarTimes,
  ) {}

  /** Registers work that one process at a time does, every `everyMs` ms. Call it in `onModuleInit`. */
  every(everyMs: number, name: string, work: () => Promise<void>): void {
    const longestMs = Math.max(everyMs * 5, 60_000)
    this.everywhere(everyMs, name, () => this.locks.exclusively(name, longestMs, work))
  }

  /**
   * Registers work for certain times in Asia/Shanghai. One process does it, within a minute of the time.
   * @param pattern minute, hour, day, month, day of the week, as in cron: `0 3 * * *` is 03:00 every day
   */
  at(pattern: string, name: string, work: () => Promise<void>): void {
    const times = timesOf(pattern)
    this.everywhere(CALENDAR_INTERVAL_MS, name, () => this.calendar.doWhenDue(times, name, work))
  }

  /** Registers work that every process does, every `everyMs` ms. */
  everywhere(everyMs: number, name: string, work: () => Promise<unknown>): void {
    if (this.recurring.has(name)) throw new Error(`two works are called ${name}`)
    this.recurring.set(name, { name, everyMs, work })
  }

  /** Runs a registered work once, whether background work is on or off. */
  async beat(name: string): Promise<void> {
    await this.recurring.get(name)?.work()
  }

  onApplicationBootstrap(): void {
    if (!this.config.background) return
    this.everywhere(JOB_INTERVAL_MS, 'jobs', () => this.lanes.look())
    for (const recurring of this.recurring.values()) this.start(recurring)
  }

  /** Waits for running work, so that the database is not closed while the work uses it. */
  async onApplicationShutdown(): Promise<void> {
    this.stopped = true
    this.timers.forEach(clearInterval)
    await Promise.allSettled([this.lanes.stop(), ...this.running])
  }

  private start({ name, everyMs, work }: Recurring): void {
    let busy = false
    const tick = () => {
      if (busy || this.stopped) return
      busy = true
      const run = work()
        .then(
          () => undefined,
          (error: unknown) => this.logger.error({ name, error }, 'background work failed'),
        )
        .finally(() => {
          busy = false
          this.running.delete(run)
        })
      this.running.add(run)
    }
    this.timers.push(setInterval(tick, everyMs).unref())
    // Runs the work soon after the start, because a time may have been missed while no process ran.
    if (everyMs > FIRST_BEAT_MS) this.timers.push(setTimeout(tick, FIRST_BEAT_MS).unref())
  }
}
