import { Injectable, Logger, type OnModuleInit } from '@nestjs/common'
import { Access } from '../../../platform/access/access.js'
import { subtreeOf } from '../../../platform/access/scope.js'
import { Audit } from '../../../platform/audit/audit.js'
import { Clock } from '../../../platform/config/clock.js'
import { Database } from '../../../platform/database/database.js'
import { isDuplicate } from '../../../platform/database/errors.js'
import { Jobs, type JobHandler, type JobRun } from '../../../platform/jobs/jobs.js'
import { GenerationRecord } from './generation.entity.js'
import { GenerationQueries } from './generation.queries.js'

export const GENERATE_DUES = 'dues.generate'

/** Small enough that payments are not kept waiting for locks, large enough to be near the speed of one statement. */
const MEMBERS_AT_ONCE = 10_000
const RANGE_ATTEMPTS = 5

/** Makes a month's bills in ranges of members. Doing it again adds what is missing and changes nothing else. */
@Injectable()
export class DuesJobs implements JobHandler, OnModuleInit {
  private readonly logger = new Logger(DuesJobs.name)

  constructor(
    private readonly database: Database,
    private readonly access: Access,
    private readonly queries: GenerationQueries,
    private readonly jobs: Jobs,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(GENERATE_DUES, this)
  }

  async run({ subjectId, stillHere }: JobRun): Promise<void> {
    const generations = this.database.repository(GenerationRecord)
    const generation = await generations.findOneByOrFail({ id: subjectId })
    if (generation.state === 'done') return
    const { unitId, month, requestedAt, requestedBy } = generation
    const scope = { ranges: [subtreeOf((await this.access.node(unitId)).path)] }
    await generations.update(subjectId, { state: 'running' })
    let after = ''
    for (;;) {
      const upTo = await this.queries.rangeEnd(after, MEMBERS_AT_ONCE)
      if (upTo === undefined) break
      const from = after
      await this.makeRange(() => this.queries.insertRange(scope, month, from, upTo, requestedAt))
      await stillHere()
      after = upTo
    }
    const [made, left] = await Promise.all([
      this.queries.made(scope, month, requestedAt),
      this.queries.count(scope, month),
    ])
    await this.database.atomically(async () => {
      await this.database.repository(GenerationRecord).update(subjectId, {
        state: 'done',
        createdCount: made.count,
        createdFen: made.fen,
        missingAssessmentCount: left.missingAssessmentCount,
        finishedAt: this.clock.now(),
      })
      await this.audit.record('dues.month-generated', {
        actorId: requestedBy,
        unitId,
        subjectId,
        data: { month, count: made.count, amountFen: made.fen },
      })
    })
  }

  /** Another generation, of a unit above or below, may make the same bill at the same instant: the rest is made again. */
  private async makeRange(insert: () => Promise<number>): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await this.database.atomically(insert)
        return
      } catch (error) {
        if (attempt >= RANGE_ATTEMPTS || !isDuplicate(error)) throw error
      }
    }
  }

  async onGivenUp(subjectId: string, error: unknown): Promise<void> {
    this.logger.error({ subjectId, error }, 'bills could not be made')
    await this.database.repository(GenerationRecord).update(subjectId, {
      state: 'failed',
      finishedAt: this.clock.now(),
      problem: '生成没有完成，已生成的账单有效。请再试一次，系统只补缺少的部分。',
    })
  }
}
