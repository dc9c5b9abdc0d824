import { Injectable, Logger, type OnModuleInit } from '@nestjs/common'
import { In } from 'typeorm'
import { Audit } from '../../../platform/audit/audit.js'
import { Clock } from '../../../platform/config/clock.js'
import { Database } from '../../../platform/database/database.js'
import { Metrics } from '../../../platform/http/metrics.js'
import { Jobs, type JobHandler, type JobRun } from '../../../platform/jobs/jobs.js'
import { RosterImportRecord } from './roster-import.entity.js'
import { RosterImportRow } from './roster-import-row.entity.js'
import { RosterImportQueries } from './roster-import.queries.js'
import { RosterWriter } from './roster-writer.js'

export const IMPORT_ROSTER = 'roster.import'

const ROWS_AT_ONCE = 200

/** Writes an import in chunks. Each row remembers that it was written, so a restart goes on where it was. */
@Injectable()
export class RosterJobs implements JobHandler, OnModuleInit {
  private readonly logger = new Logger(RosterJobs.name)

  constructor(
    private readonly database: Database,
    private readonly queries: RosterImportQueries,
    private readonly writer: RosterWriter,
    private readonly jobs: Jobs,
    private readonly audit: Audit,
    private readonly metrics: Metrics,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(IMPORT_ROSTER, this)
  }

  async run({ subjectId, stillHere }: JobRun): Promise<void> {
    const record = await this.database.repository(RosterImportRecord).findOneByOrFail({ id: subjectId })
    if (record.state !== 'importing') return
    for (;;) {
      const rows = await this.queries.unwritten(subjectId, ROWS_AT_ONCE)
      if (rows.length === 0) break
      await this.database.atomically(() => this.writeChunk(record, rows))
      rows.forEach(({ kind }) => this.metrics.importedRows.inc({ kind }))
      await stillHere()
    }
    const counts = await this.queries.counts(subjectId)
    await this.database.atomically(async () => {
      await this.database
        .repository(RosterImportRecord)
        .update(subjectId, { state: 'done', finishedAt: this.clock.now() })
      await this.audit.record('roster.imported', {
        actorId: record.uploadedBy,
        unitId: record.unitId,
        subjectId,
        data: { created: counts.new, changed: counts.ticked, refused: counts.refused + counts.unitUnknown },
      })
    })
  }

  async onGivenUp(subjectId: string, error: unknown): Promise<void> {
    this.logger.error({ subjectId, error }, 'roster import failed')
    await this.database.repository(RosterImportRecord).update(subjectId, {
      state: 'failed',
      finishedAt: this.clock.now(),
      problem: '导入中途停下了，已导入的行有效。请重新上传同一份文件，系统只导入剩下的行。',
    })
  }

  private async writeChunk(record: RosterImportRecord, rows: RosterImportRow[]): Promise<void> {
    await this.writer.write(rows, record)
    await this.database
      .repository(RosterImportRow)
      .update({ id: In(rows.map(({ id }) => id)) }, { writtenAt: this.clock.now() })
    await this.database.execute('UPDATE roster_import SET progressDone = progressDone + ? WHERE id = ?', [
      rows.length,
      record.id,
    ])
  }
}
