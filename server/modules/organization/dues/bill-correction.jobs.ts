import { Injectable, Logger, type OnModuleInit } from '@nestjs/common'
import { Access } from '../../../platform/access/access.js'
import { subtreeOf } from '../../../platform/access/scope.js'
import { Database } from '../../../platform/database/database.js'
import { Jobs, type JobHandler, type JobRun } from '../../../platform/jobs/jobs.js'
import { BillCorrections } from './bill-corrections.js'

export const CORRECT_BILLS = 'dues.correct'

const BILLS_AT_ONCE = 200

/** A unit's policy has changed: the unpaid bills of it and of what stands below follow, from a month on. */
@Injectable()
export class BillCorrectionJobs implements JobHandler, OnModuleInit {
  private readonly logger = new Logger(BillCorrectionJobs.name)

  constructor(
    private readonly database: Database,
    private readonly access: Access,
    private readonly corrections: BillCorrections,
    private readonly jobs: Jobs,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(CORRECT_BILLS, this)
  }

  /** The subject is the unit's id and the first month: 26 characters and `YYYYMM`. Doing it again changes nothing more. */
  async run({ subjectId, renewLease }: JobRun): Promise<void> {
    const unitId = subjectId.slice(0, 26)
    const month = `${subjectId.slice(26, 30)}-${subjectId.slice(30)}`
    const { from, below } = subtreeOf((await this.access.node(unitId)).path)
    for (let after = ''; ;) {
      const rows = await this.database.query<{ id: string }>(
        `SELECT b.id FROM dues_bill b JOIN org_node n ON n.id = b.unitId
         WHERE n.path >= ? AND n.path < ? AND b.month >= ? AND b.id > ? ORDER BY b.id LIMIT ${BILLS_AT_ONCE}`,
        [from, below, month, after],
      )
      const ids = rows.map(({ id }) => id)
      const last = ids.at(-1)
      if (last === undefined) return
      await this.database.transaction(() =>
        this.corrections.correctBills(ids, { cause: 'policy', reason: null }),
      )
      await renewLease()
      after = last
    }
  }

  onGivenUp(subjectId: string, error: unknown): Promise<void> {
    this.logger.error({ subjectId, error }, 'bills were not compared with the changed policy')
    return Promise.resolve()
  }
}
