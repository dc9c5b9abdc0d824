import { Injectable, type OnModuleInit } from '@nestjs/common'
import { dayIn, daysBefore } from '../../../platform/config/business-time.js'
import { Clock } from '../../../platform/config/clock.js'
import { Database } from '../../../platform/database/database.js'
import { Scheduler } from '../../../platform/jobs/scheduler.js'
import { UnitPostChanges } from './unit-post-changes.js'
import { UnitPostDay } from './unit-post-day.entity.js'
import { UnitPostPeriods, type PostSubject } from './unit-post-periods.js'

const ONLY = { id: 'posts' }
const POSTS_AT_ONCE = 200

/** Says in the night whose post begins or ends on the new day; a server that stood still says it for all days since. */
@Injectable()
export class UnitPostJobs implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly posts: UnitPostPeriods,
    private readonly changes: UnitPostChanges,
    private readonly scheduler: Scheduler,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.scheduler.at('5 0 * * *', 'units.posts-in-force', () => this.turnDay())
  }

  async turnDay(): Promise<void> {
    const today = this.clock.today()
    const days = this.database.repository(UnitPostDay)
    const throughOn = (await days.findOneBy(ONLY))?.throughOn ?? dayIn(daysBefore(this.clock.now(), 1))
    for (let offset = 0; ; offset += POSTS_AT_ONCE) {
      const subjects = await this.database.query<PostSubject>(
        `SELECT DISTINCT unitId, memberId, title FROM unit_post_period
         WHERE withdrawnAt IS NULL AND ((fromOn > ? AND fromOn <= ?) OR (untilOn > ? AND untilOn <= ?))
         ORDER BY unitId, memberId, title LIMIT ${POSTS_AT_ONCE} OFFSET ${offset}`,
        [throughOn, today, throughOn, today],
      )
      if (subjects.length === 0) break
      await this.database.transaction(async () => this.changes.inForce(await this.posts.today(subjects)))
    }
    await days.save({ ...ONLY, throughOn: today })
  }
}
