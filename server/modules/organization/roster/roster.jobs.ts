import { Injectable, Logger, type OnModuleInit } from '@nestjs/common'
import type { Counter } from 'prom-client'
import { Audit } from '../../../platform/audit/audit.js'
import { Clock } from '../../../platform/config/clock.js'
import { Database } from '../../../platform/database/database.js'
import { Metrics } from '../../../platform/http/metrics.js'
import { Jobs, type JobHandler, type JobRun } from '../../../platform/jobs/jobs.js'
import { PreviewedImports } from './previewed-imports.js'
import { RosterForgetting } from './roster-forgetting.service.js'
import { RosterImportRecord } from './roster-import.entity.js'
import type { RosterImportRow } from './roster-import-row.entity.js'
import { RosterImportRowStore } from './roster-import-rows.store.js'
import { RosterImportQueries } from './roster-import.queries.js'
import { RosterWriter } from './roster-writer.js'

export const IMPORT_ROSTER = 'roster.import'

/** Writes an import in chunks. Each row stores when it was written, so a restart continues after it. */
@Injectable()
export class RosterJobs implements JobHandler, OnModuleInit {
  private readonly logger = new Logger(RosterJobs.name)
  private readonly writtenRows: Counter<'kind'>

  constructor(
    private readonly database: Database,
    private readonly imports: PreviewedImports,
    private readonly queries: RosterImportQueries,
    private readonly rows: RosterImportRowStore,
    private readonly writer: RosterWriter,
    private readonly forgetting: RosterForgetting,
    private readonly jobs: Jobs,
    private readonly audit: Audit,
    private readonly clock: Clock,
    metrics: Metrics,
  ) {
    this.writtenRows = metrics.counter('zhibu_roster_imported_rows_total', 'Roster rows written, by kind', [
      'kind',
    ])
  }

  onModuleInit(): void {
    this.jobs.handle(IMPORT_ROSTER, this)
  }

  async run({ subjectId, renewLease }: JobRun): Promise<void> {
    const record = await this.database.repository(RosterImportRecord).findOneByOrFail({ id: subjectId })
    if (record.state !== 'importing') return
    let after = 0
    for (;;) {
      const rows = await this.database.transaction(() => this.writeChunk(record, after))
      const last = rows.at(-1)
      if (!last) break
      after = last.rowNumber
      rows.forEach(({ kind }) => this.writtenRows.inc({ kind }))
      await renewLease()
    }
    await this.forgetting.forgetUnwritten(subjectId, renewLease)
    const counts = (await this.queries.counts([subjectId])).get(subjectId)
    await this.database.transaction(async () => {
      await this.database
        .repository(RosterImportRecord)
        .update(subjectId, { state: 'done', finishedAt: this.clock.now() })
      await this.audit.record('roster.imported', {
        actorId: record.executedBy,
        unitId: record.unitId,
        subjectId,
        data: {
          created: counts?.new ?? 0,
          changed: counts?.ticked ?? 0,
          refused: counts?.givenBack ?? 0,
        },
      })
    })
  }

  async onGivenUp(subjectId: string, error: unknown): Promise<void> {
    this.logger.error({ subjectId, error }, 'roster import failed')
    const imports = this.database.repository(RosterImportRecord)
    await imports.update(subjectId, {
      state: 'failed',
      finishedAt: this.clock.now(),
      problem: '导入中途停下了，已导入的行有效。请重新上传同一份文件，系统只导入剩下的行。',
    })
    const { unitId } = await imports.findOneByOrFail({ id: subjectId })
    await this.audit.record('roster.import-failed', { actorId: null, unitId, subjectId })
    await this.forgetting.forgetUnwritten(subjectId)
  }

  /** @returns the rows that are done: written, or refused because they no longer fit */
  private async writeChunk(record: RosterImportRecord, after: number): Promise<RosterImportRow[]> {
    await this.imports.hold(record.id)
    const rows = await this.rows.toWrite(record.id, after)
    if (rows.length === 0) return rows
    await this.writer.write(rows, record)
    await this.rows.replace(rows)
    await this.database.execute('UPDATE roster_import SET progressDone = progressDone + ? WHERE id = ?', [
      rows.length,
      record.id,
    ])
    return rows
  }
}
