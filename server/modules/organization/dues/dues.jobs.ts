import { Injectable, Logger, type OnModuleInit } from '@nestjs/common'
import { Access } from '../../../platform/access/access.js'
import { subtreeOf, type Scope } from '../../../platform/access/scope.js'
import { Audit } from '../../../platform/audit/audit.js'
import { Clock } from '../../../platform/config/clock.js'
import { Database } from '../../../platform/database/database.js'
import { isDuplicate } from '../../../platform/database/errors.js'
import { Jobs, type JobHandler, type JobRun } from '../../../platform/jobs/jobs.js'
import { GenerationRecord } from './generation.entity.js'
import { GenerationQueries, type MemberRange } from './generation.queries.js'

export const GENERATE_DUES = 'dues.generate'

/**
 * A range takes half a second at most, so that payments and other jobs do not wait long. Ranges of this size are
 * nearly as fast as one statement for all members.
 */
const MEMBERS_AT_ONCE = 10_000
const RANGE_ATTEMPTS = 5

/** The range changed between counting and making: somebody was assessed, or another generation made a bill. */
class RangeChanged extends Error {}

type Making = Pick<GenerationRecord, 'id' | 'month' | 'requestedAt'> & { scope: Scope }

/** Makes a month's bills in ranges of members. A repeated run adds what is missing and changes nothing else. */
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

  async run({ subjectId, renewLease }: JobRun): Promise<void> {
    const generations = this.database.repository(GenerationRecord)
    const generation = await generations.findOneByOrFail({ id: subjectId })
    if (generation.state === 'done') return
    const { unitId, month, requestedBy } = generation
    const scope = { ranges: [subtreeOf((await this.access.node(unitId)).path)] }
    await generations.update(subjectId, { state: 'running' })
    let missingAssessmentCount = 0
    for (let after = ''; ;) {
      const upTo = await this.queries.rangeEnd(after, MEMBERS_AT_ONCE)
      if (upTo === undefined) break
      missingAssessmentCount += await this.makeRange({ ...generation, scope }, { after, upTo })
      await renewLease()
      after = upTo
    }
    await this.database.transaction(async () => {
      await this.database
        .repository(GenerationRecord)
        .update(subjectId, { state: 'done', missingAssessmentCount, finishedAt: this.clock.now() })
      const made = await this.database.repository(GenerationRecord).findOneByOrFail({ id: subjectId })
      await this.audit.record('dues.month-generated', {
        actorId: requestedBy,
        unitId,
        subjectId,
        data: { month, count: made.createdCount, amountFen: made.createdFen },
      })
    })
  }

  /** @returns how many members of the range get no bill because their assessment is missing */
  private async makeRange(generation: Making, range: MemberRange): Promise<number> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.database.transaction(() => this.makeAndCount(generation, range))
      } catch (error) {
        // A generation of a unit above or below may make the same bill at the same time: a retry makes the rest.
        const again = isDuplicate(error) || error instanceof RangeChanged
        if (attempt >= RANGE_ATTEMPTS || !again) throw error
      }
    }
  }

  /** Commits bills and count together, so that a restart after a crash counts each bill exactly once. */
  private async makeAndCount({ id, scope, month, requestedAt }: Making, range: MemberRange): Promise<number> {
    const expected = await this.queries.count(scope, month, range)
    if (expected.newCount > 0) {
      const count = await this.queries.insertRange(scope, month, range, requestedAt)
      if (count !== expected.newCount) throw new RangeChanged()
      await this.queries.addMade(id, count, expected.newFen)
    }
    return expected.missingAssessmentCount
  }

  async onGivenUp(subjectId: string, error: unknown): Promise<void> {
    this.logger.error({ subjectId, error }, 'bills could not be made')
    const generations = this.database.repository(GenerationRecord)
    await generations.update(subjectId, {
      state: 'failed',
      finishedAt: this.clock.now(),
      problem: '生成没有完成，已生成的账单有效。请再试一次，系统只补缺少的部分。',
    })
    const { unitId } = await generations.findOneByOrFail({ id: subjectId })
    await this.audit.record('dues.generation-failed', { actorId: null, unitId, subjectId })
  }
}
