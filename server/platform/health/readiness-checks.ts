import { Injectable } from '@nestjs/common'
import { DataSource } from 'typeorm'
import type { ReadinessCheck } from '../../contracts/platform/health.js'
import { OutboxRelay } from '../audit/outbox-relay.js'
import { pendingMigrations } from '../database/migrations.js'
import { SharedStore } from '../http/limits/shared-store.js'

/** Seconds. When events wait longer than this, reminders and totals are late. */
const LONGEST_LAG_SECONDS = 300

@Injectable()
export class ReadinessChecks {
  constructor(
    private readonly dataSource: DataSource,
    private readonly relay: OutboxRelay,
    private readonly sharedStore: SharedStore,
  ) {}

  async all(): Promise<ReadinessCheck[]> {
    const database = await this.check('database', async () => {
      await this.dataSource.query('SELECT 1')
      return { ok: true, detail: 'answers' }
    })
    if (!database.ok) return [database]
    const rest = await Promise.all([
      this.check('migrations', async () => {
        const pending = await pendingMigrations(this.dataSource)
        return {
          ok: pending.length === 0,
          detail: pending.length === 0 ? 'none pending' : pending.join(', '),
        }
      }),
      this.check('relay', async () => {
        const seconds = await this.relay.lagSeconds()
        return { ok: seconds <= LONGEST_LAG_SECONDS, detail: `${Math.round(seconds)} s behind` }
      }),
    ])
    return [database, ...rest, ...(await this.redis())]
  }

  /** Listed only when Redis is configured. Requests are counted without Redis too, so the process stays ready. */
  private async redis(): Promise<ReadinessCheck[]> {
    if (!this.sharedStore.client) return []
    const check = await this.check('redis', async () => {
      await this.sharedStore.ping()
      return { ok: true, detail: 'answers' }
    })
    return [check]
  }

  private async check(
    name: ReadinessCheck['name'],
    ask: () => Promise<{ ok: boolean; detail: string }>,
  ): Promise<ReadinessCheck> {
    try {
      return { name, ...(await ask()) }
    } catch {
      // The reason may hold addresses and statements. It stands in the log of the database, not here.
      return { name, ok: false, detail: 'does not answer' }
    }
  }
}
