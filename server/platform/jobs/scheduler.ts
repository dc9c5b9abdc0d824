import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common'
import { Config } from '../config/config.js'
import { Jobs } from './jobs.js'
import { Locks } from './locks.js'

const JOB_INTERVAL_MS = 500
const FIRST_BEAT_MS = 1_000

interface Recurring {
  name: string
  everyMs: number
  work: () => Promise<void>
  /** False for work that shares itself out among processes by claiming single rows. */
  exclusive: boolean
}

/** The heartbeat of a process: takes jobs that are due and calls recurring work, one process at a time each. */
@Injectable()
export class Scheduler implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(Scheduler.name)
  private readonly recurring: Recurring[] = []
  private readonly timers: NodeJS.Timeout[] = []
  private readonly running = new Set<Promise<void>>()
  private stopped = false

  constructor(
    private readonly config: Config,
    private readonly jobs: Jobs,
    private readonly locks: Locks,
  ) {}

  /** Registers work that one process does at a time; call it in `onModuleInit`. */
  every(everyMs: number, name: string, work: () => Promise<void>): void {
    this.recurring.push({ name, everyMs, work, exclusive: true })
  }

  /** Registers work that every process may do at the same time. */
  everywhere(everyMs: number, name: string, work: () => Promise<void>): void {
    this.recurring.push({ name, everyMs, work, exclusive: false })
  }

  onApplicationBootstrap(): void {
    if (!this.config.background) return
    this.everywhere(JOB_INTERVAL_MS, 'jobs', async () => {
      while (!this.stopped && (await this.jobs.runNext())) {
        // the next one, until nothing is due
      }
    })
    for (const { name, everyMs, work, exclusive } of this.recurring) {
      this.beat(everyMs, name, async () => {
        if (exclusive) await this.locks.exclusively(name, Math.max(everyMs * 5, 60_000), work)
        else await work()
      })
    }
  }

  /** Waits for what is being done, so that the database is not closed under it. */
  async onApplicationShutdown(): Promise<void> {
    this.stopped = true
    this.jobs.stop()
    this.timers.forEach(clearInterval)
    await Promise.allSettled(this.running)
  }

  private beat(everyMs: number, name: string, work: () => Promise<void>): void {
    let busy = false
    const tick = () => {
      if (busy || this.stopped) return
      busy = true
      const run = work()
        .catch((error: unknown) => this.logger.error({ name, error }, 'background work failed'))
        .finally(() => {
          busy = false
          this.running.delete(run)
        })
      this.running.add(run)
    }
    this.timers.push(setInterval(tick, everyMs).unref())
    // Whoever comes back looks first at what was missed.
    if (everyMs > FIRST_BEAT_MS) this.timers.push(setTimeout(tick, FIRST_BEAT_MS).unref())
  }
}
