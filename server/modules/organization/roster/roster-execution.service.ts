import { Injectable } from '@nestjs/common'
import { In } from 'typeorm'
import type { ExecuteImport, RosterImport, TickRows } from '../../../contracts/organization/roster-import.js'
import type { Actor } from '../../../platform/access/actor.js'
import { Audit } from '../../../platform/audit/audit.js'
import { Clock } from '../../../platform/config/clock.js'
import { Database } from '../../../platform/database/database.js'
import { Conflict, Invalid } from '../../../platform/http/errors.js'
import { Jobs } from '../../../platform/jobs/jobs.js'
import { obstacleToMonth } from '../dues/index.js'
import { FactDatings } from '../members/index.js'
import { PreviewedImports } from './previewed-imports.js'
import { RosterForgetting } from './roster-forgetting.service.js'
import { RosterImportViews } from './roster-import-views.js'
import { RosterImportQueries } from './roster-import.queries.js'
import { RosterImportRecord } from './roster-import.entity.js'
import { RosterImportRow } from './roster-import-row.entity.js'
import { IMPORT_ROSTER } from './roster.jobs.js'

/** Ticks the changes of a preview, then executes or cancels it. */
@Injectable()
export class RosterExecution {
  constructor(
    private readonly database: Database,
    private readonly imports: PreviewedImports,
    private readonly queries: RosterImportQueries,
    private readonly forgetting: RosterForgetting,
    private readonly views: RosterImportViews,
    private readonly datings: FactDatings,
    private readonly jobs: Jobs,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async tick(actor: Actor, id: string, { rowIds, ticked }: TickRows): Promise<RosterImport> {
    const record = await this.imports.change(actor, id, async (held) => {
      await this.database
        .repository(RosterImportRow)
        .update({ importId: id, kind: 'changed', ...(rowIds ? { id: In(rowIds) } : {}) }, { ticked })
      return held
    })
    return this.views.of(record)
  }

  /** Starts writing; the work is a job, its progress is read from the import. */
  async execute(actor: Actor, id: string, { assessmentMonth }: ExecuteImport): Promise<RosterImport> {
    const record = await this.imports.change(actor, id, async (held) => {
      this.checkMonth(assessmentMonth)
      await this.datings.check()
      const progressTotal = (await this.queries.counts([id])).get(id)?.toWrite ?? 0
      if (progressTotal === 0) {
        throw new Conflict(
          'roster.nothing-to-import',
          '没有可以导入的行。请先改正有误的行，或勾选要更新的行。',
        )
      }
      const started = {
        state: 'importing' as const,
        executedBy: actor.accountId,
        assessmentMonth,
        progressTotal,
      }
      await this.database.repository(RosterImportRecord).update(id, started)
      await this.jobs.enqueue(IMPORT_ROSTER, id, held.unitId)
      await this.audit.record('roster.execution-requested', {
        actorId: actor.accountId,
        unitId: held.unitId,
        subjectId: id,
        data: { rows: progressTotal, assessmentMonth },
      })
      return { ...held, ...started }
    })
    return this.views.of(record)
  }

  /** Cancels an upload that was not executed, and deletes everything personal in it. */
  async cancel(actor: Actor, id: string): Promise<RosterImport> {
    const record = await this.imports.change(
      actor,
      id,
      (held) => this.forgetting.cancel(held, actor.accountId),
      ['reading', 'preview'],
    )
    await this.forgetting.deleteRead(id)
    return this.views.of(record)
  }

  private checkMonth(month: string): void {
    const obstacle = obstacleToMonth(month, this.clock.month())
    if (obstacle === null) return
    throw new Invalid('roster.month-out-of-range', `核定的起始月份${obstacle}。`, [
      { field: 'assessmentMonth', message: obstacle },
    ])
  }
}
