import { Injectable, type OnModuleInit } from '@nestjs/common'
import { Scheduler } from '../jobs/scheduler.js'
import { IdempotencyKeys } from './idempotency-keys.js'

const EVERY_MS = 10 * 60_000
const ROWS_AT_ONCE = 500
const MOST_BATCHES = 40

/** Keys and the answers kept under them are forgotten after a day. */
@Injectable()
export class IdempotencyJobs implements OnModuleInit {
  constructor(
    private readonly keys: IdempotencyKeys,
    private readonly scheduler: Scheduler,
  ) {}

  onModuleInit(): void {
    this.scheduler.every(EVERY_MS, 'idempotency.forget', () => this.forget())
  }

  /** In batches, so that nobody waits behind a long deletion; what is left over is for the next time. */
  async forget(): Promise<void> {
    for (let batch = 0; batch < MOST_BATCHES; batch++) {
      if ((await this.keys.forgetExpired(ROWS_AT_ONCE)) < ROWS_AT_ONCE) return
    }
  }
}
