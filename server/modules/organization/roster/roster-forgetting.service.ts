import { Injectable, type OnModuleInit } from '@nestjs/common'
import { Audit } from '../../../platform/audit/audit.js'
import { daysBefore } from '../../../platform/config/business-time.js'
import { Clock } from '../../../platform/config/clock.js'
import { Database } from '../../../platform/database/database.js'
import { Scheduler } from '../../../platform/jobs/scheduler.js'
import { openDocument, sealDocument, withoutDetails } from './import-row.document.js'
import { PreviewedImports } from './previewed-imports.js'
import { RosterImportRecord } from './roster-import.entity.js'
import { RosterImportRowStore } from './roster-import-rows.store.js'
import { RosterUploads } from './roster-uploads.store.js'
import { PREVIEW_KEPT_DAYS, ROWS_KEPT_DAYS } from './roster-retention.rules.js'

/** Checked each hour, although data is kept for days: a process that restarts every day never reaches a full day. */
const INTERVAL_MS = 3600_000
const IMPORTS_AT_ONCE = 100

/** Deletes what an import has read as soon as nobody needs it, at the latest when its retention period ends. */
@Injectable()
export class RosterForgetting implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly imports: PreviewedImports,
    private readonly rows: RosterImportRowStore,
    private readonly uploads: RosterUploads,
    private readonly scheduler: Scheduler,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.scheduler.every(INTERVAL_MS, 'roster.forgetting', () => this.forgetWhatIsOld())
  }

  /**
   * Ends a reading or a preview, inside the caller's transaction that has locked it. `deleteRead` deletes what was
   * read, after that transaction has ended.
   * @param actorId null when the retention period has ended
   */
  async cancel(record: RosterImportRecord, actorId: string | null): Promise<RosterImportRecord> {
    const cancelled = { state: 'cancelled' as const, finishedAt: this.clock.now(), unknownUnits: [] }
    await this.end(record.id, cancelled)
    await this.audit.record('roster.cancelled', { actorId, unitId: record.unitId, subjectId: record.id })
    return { ...record, ...cancelled }
  }

  /** Ends a reading that cannot finish; otherwise like `cancel`. */
  async giveUpReading({ id, unitId }: RosterImportRecord, problem: string, code: string): Promise<void> {
    await this.end(id, { state: 'unreadable', finishedAt: this.clock.now(), problem })
    await this.audit.record('roster.unreadable', { actorId: null, unitId, subjectId: id, data: { code } })
  }

  /** Deletes what a cancelled or unreadable import has read. If it is interrupted, it is repeated within the hour. */
  async deleteRead(importId: string): Promise<void> {
    await this.rows.deleteAll(importId)
    await this.uploads.forget(importId)
  }

  /**
   * Empties the rows that were to be written and never will be. Refused rows stay complete: they are given back.
   * @param afterSome called between two portions
   */
  async forgetUnwritten(importId: string, afterSome?: () => Promise<void>): Promise<void> {
    let after = 0
    for (;;) {
      const rows = await this.rows.unwritten(importId, ['new', 'changed'], after)
      const last = rows.at(-1)
      if (!last) return
      for (const row of rows) row.document = sealDocument(withoutDetails(openDocument(row.document)))
      await this.database.transaction(() => this.rows.replace(rows))
      await afterSome?.()
      after = last.rowNumber
    }
  }

  /** Cancels previews and deletes rows whose retention period has ended. */
  async forgetWhatIsOld(): Promise<void> {
    const now = this.clock.now()
    const previews = await this.database.query<{ id: string }>(
      `SELECT id FROM roster_import WHERE state IN ('reading', 'preview') AND uploadedAt < ?
       ORDER BY id LIMIT ${IMPORTS_AT_ONCE}`,
      [daysBefore(now, PREVIEW_KEPT_DAYS)],
    )
    for (const { id } of previews) {
      await this.database.transaction(async () => {
        const record = await this.imports.hold(id)
        if (record?.state === 'preview' || record?.state === 'reading') await this.cancel(record, null)
      })
    }
    const left = await this.database.query<{ id: string }>(
      `SELECT i.id FROM roster_import i WHERE i.state IN ('cancelled', 'unreadable')
       AND (EXISTS (SELECT 1 FROM roster_import_row r WHERE r.importId = i.id)
         OR EXISTS (SELECT 1 FROM roster_upload_chunk c WHERE c.importId = i.id))
       ORDER BY i.id LIMIT ${IMPORTS_AT_ONCE}`,
    )
    for (const { id } of left) await this.deleteRead(id)
    const finished = await this.database.query<{ id: string; unitId: string }>(
      `SELECT i.id, i.unitId FROM roster_import i WHERE i.finishedAt < ?
       AND EXISTS (SELECT 1 FROM roster_import_row r WHERE r.importId = i.id)
       ORDER BY i.id LIMIT ${IMPORTS_AT_ONCE}`,
      [daysBefore(now, ROWS_KEPT_DAYS)],
    )
    for (const { id, unitId } of finished) {
      // Recorded before the deletion: after an interruption the rest is recorded again, and no row is deleted without
      // a record.
      const rows = await this.rows.count(id)
      await this.audit.record('roster.rows-deleted', {
        actorId: null,
        unitId,
        subjectId: id,
        data: { rows },
      })
      await this.rows.deleteAll(id)
    }
  }

  private async end(id: string, end: Partial<RosterImportRecord>): Promise<void> {
    await this.database
      .repository(RosterImportRecord)
      .update(id, { ...end, progressDone: 0, progressTotal: 0 })
  }
}
