import { setTimeout as pause } from 'node:timers/promises'
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common'
import { Audit } from '../../../platform/audit/audit.js'
import { Accounts } from '../../../platform/auth/accounts.js'
import { Clock } from '../../../platform/config/clock.js'
import { Database } from '../../../platform/database/database.js'
import { newId } from '../../../platform/database/ids.js'
import { Jobs, type JobHandler, type JobRun } from '../../../platform/jobs/jobs.js'
import { sealDocument } from './import-row.document.js'
import { PreviewedImports } from './previewed-imports.js'
import { readAside } from './reading/reader-thread.js'
import { refusalCode } from './reading/roster-refusals.js'
import type { ReadingStep, ReadRow, RosterHead } from './reading/roster-reading.js'
import { UnreadableFile } from '../../../platform/spreadsheet/reading/unreadable-file.error.js'
import { RosterForgetting } from './roster-forgetting.service.js'
import { RosterImportQueries } from './roster-import.queries.js'
import { RosterImportRecord } from './roster-import.entity.js'
import type { RosterImportRow } from './roster-import-row.entity.js'
import { RosterImportRowStore } from './roster-import-rows.store.js'
import { RosterUploads } from './roster-uploads.store.js'
import { RowClassifier, type ImporterMembership, type KnownUnits } from './row-classifier.js'
import { proposalsFor } from './unit-proposals.js'

export const READ_ROSTER = 'roster.read'

/** Finding the header of a large file takes seconds, and another job may wait for this job's place meanwhile. */
const SIGN_OF_LIFE_MS = 500

/** The import was cancelled, or another process has taken it over. */
class NoLongerOurs extends Error {}

/**
 * Reads an uploaded file and shows what it would do; nothing about a member is written. Rows are stored as they are
 * read: after a restart the file is read again from its beginning, and rows that are stored already are skipped.
 */
@Injectable()
export class RosterReadingJobs implements JobHandler, OnModuleInit {
  private readonly logger = new Logger(RosterReadingJobs.name)

  constructor(
    private readonly database: Database,
    private readonly imports: PreviewedImports,
    private readonly uploads: RosterUploads,
    private readonly rows: RosterImportRowStore,
    private readonly queries: RosterImportQueries,
    private readonly classifier: RowClassifier,
    private readonly accounts: Accounts,
    private readonly forgetting: RosterForgetting,
    private readonly jobs: Jobs,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(READ_ROSTER, this)
  }

  async run({ subjectId, renewLease }: JobRun): Promise<void> {
    const record = await this.database.repository(RosterImportRecord).findOneByOrFail({ id: subjectId })
    if (record.state !== 'reading') return
    const after = await this.rows.lastNumber(record.id)
    const reading = new AbortController()
    const bytes = await this.uploads.bytesOf(record.id)
    const steps = readAside(bytes, { today: this.clock.today(), after }, reading.signal)
    try {
      await this.store(record, steps, after, renewLease)
    } catch (error) {
      if (error instanceof UnreadableFile) {
        const refused = await this.refuse(record.id, error.message, refusalCode(error))
        if (refused) await this.forgetting.deleteRead(record.id)
      } else if (!(error instanceof NoLongerOurs)) throw error
    } finally {
      reading.abort()
      await steps.return(undefined)
    }
  }

  async onGivenUp(subjectId: string, error: unknown): Promise<void> {
    this.logger.error({ subjectId, error }, 'reading a roster failed')
    // Inside the transaction that ends the job, so `RosterForgetting` deletes the rows that were read, within the hour.
    await this.refuse(
      subjectId,
      '文件没有读完，什么也没有写入。请重新上传；还是不行，请联系管理员。',
      'given-up',
    )
  }

  private async store(
    record: RosterImportRecord,
    steps: AsyncGenerator<ReadingStep, undefined>,
    after: number,
    renewLease: () => Promise<void>,
  ): Promise<void> {
    const known = await this.classifier.knownUnits(record.unitId)
    const importer = await this.accounts.membershipOf(record.uploadedBy)
    let last = after
    for (;;) {
      const { value: step } = await alive(steps.next(), async () => {
        await renewLease()
        await this.stillReading(record.id)
      })
      if (!step) return
      if (step.step === 'head') await this.storeHead(record.id, step)
      else if (step.step === 'rows') last = await this.storeRows(record.id, step.rows, last, known, importer)
      else await this.finish(record, step.notes, known)
      await renewLease()
    }
  }

  /** @throws NoLongerOurs when the import was cancelled, so that the file is not read to its end for nothing */
  private async stillReading(id: string): Promise<void> {
    const record = await this.database.repository(RosterImportRecord).findOneBy({ id })
    if (record?.state !== 'reading') throw new NoLongerOurs()
  }

  private storeHead(id: string, { sheetName, columns, people }: RosterHead): Promise<void> {
    return this.whileReading(id, async () => {
      await this.database.repository(RosterImportRecord).update(id, {
        sheetName: [...sheetName].slice(0, 100).join(''),
        columns,
        progressTotal: people,
      })
    })
  }

  /** @returns the number of the last row that is stored now */
  private async storeRows(
    importId: string,
    read: readonly ReadRow[],
    last: number,
    known: KnownUnits,
    importer: ImporterMembership,
  ): Promise<number> {
    const rows = read.map((row) => importRow(importId, row))
    await this.classifier.classify(rows, known, importer)
    await this.whileReading(importId, async () => {
      // A process that lost its lease may only be slow: it must stop when another process has taken over.
      if ((await this.rows.lastNumber(importId)) !== last) throw new NoLongerOurs()
      await this.rows.insert(rows)
      await this.database.execute('UPDATE roster_import SET progressDone = progressDone + ? WHERE id = ?', [
        rows.length,
        importId,
      ])
    })
    return rows.at(-1)?.rowNumber ?? last
  }

  private async finish(
    { id, unitId }: RosterImportRecord,
    notes: string[],
    known: KnownUnits,
  ): Promise<void> {
    const unknownUnits = await proposalsFor(await this.queries.waitingNames(id), known.holding)
    await this.whileReading(id, async () => {
      const { progressDone } = await this.database.repository(RosterImportRecord).findOneByOrFail({ id })
      await this.database
        .repository(RosterImportRecord)
        .update(id, { state: 'preview', notes, unknownUnits, progressDone: 0, progressTotal: 0 })
      await this.uploads.forget(id)
      await this.audit.record('roster.read', {
        actorId: null,
        unitId,
        subjectId: id,
        data: { rows: progressDone },
      })
    })
  }

  /**
   * Records why the file could not be read, and deletes the file. The rows that were read are left.
   * @returns false when the import was not being read any more
   */
  private async refuse(id: string, problem: string, code: string): Promise<boolean> {
    return this.database.transaction(async () => {
      const record = await this.imports.hold(id)
      if (record?.state !== 'reading') return false
      await this.forgetting.giveUpReading(record, problem, code)
      await this.uploads.forget(id)
      return true
    })
  }

  private async whileReading(id: string, work: () => Promise<void>): Promise<void> {
    await this.database.transaction(async () => {
      if ((await this.imports.hold(id))?.state !== 'reading') throw new NoLongerOurs()
      await work()
    })
  }
}

/** Waits for slow work and calls `giveSign` every half second meanwhile. */
async function alive<T>(work: Promise<T>, giveSign: () => Promise<void>): Promise<T> {
  const waiting = new AbortController()
  const result = work.then((value) => ({ value }))
  // The result is not awaited when `giveSign` throws: its error must not become an unhandled rejection.
  result.catch(() => undefined)
  try {
    for (;;) {
      const sign = pause(SIGN_OF_LIFE_MS, null, { signal: waiting.signal })
      sign.catch(() => undefined)
      const done = await Promise.race([result, sign])
      if (done) return done.value
      await giveSign()
    }
  } finally {
    waiting.abort()
  }
}

const importRow = (
  importId: string,
  { rowNumber, original, name, unitName, person, problems, notes }: ReadRow,
): RosterImportRow => ({
  id: newId(),
  importId,
  rowNumber,
  kind: person ? 'unit-unknown' : 'refused',
  unitName: person?.unitName ?? '',
  unitId: null,
  memberId: null,
  ticked: false,
  writtenAt: null,
  document: sealDocument({ original, name, unitName, person, problems, notes, changes: [] }),
})
