import { Injectable } from '@nestjs/common'
import type { RosterImport } from '../../../contracts/organization/roster-import.js'
import { Access } from '../../../platform/access/access.js'
import type { Actor } from '../../../platform/access/actor.js'
import { Audit } from '../../../platform/audit/audit.js'
import { Clock } from '../../../platform/config/clock.js'
import { Database } from '../../../platform/database/database.js'
import { newId } from '../../../platform/database/ids.js'
import { Invalid } from '../../../platform/http/errors.js'
import { Jobs } from '../../../platform/jobs/jobs.js'
import { recognizeFile } from '../../../platform/spreadsheet/reading/recognize-file.js'
import { UnreadableFile } from '../../../platform/spreadsheet/reading/unreadable-file.error.js'
import { refusalCode } from './reading/roster-refusals.js'
import { RosterImportViews } from './roster-import-views.js'
import { RosterImportRecord } from './roster-import.entity.js'
import { READ_ROSTER } from './roster-reading.jobs.js'
import { RosterUploads } from './roster-uploads.store.js'

const UNNAMED = '花名册.xlsx'

/** Accepts an uploaded roster. A job reads it; a file of a wrong kind is refused at once. */
@Injectable()
export class RosterUpload {
  constructor(
    private readonly database: Database,
    private readonly access: Access,
    private readonly uploads: RosterUploads,
    private readonly views: RosterImportViews,
    private readonly jobs: Jobs,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** @throws Invalid when the file is no table, or a table that must not be opened */
  async upload(
    actor: Actor,
    file: { name: string; bytes: Buffer },
    unitId: string | undefined,
  ): Promise<RosterImport> {
    const rootId = unitId ?? this.access.homeUnitId(actor, 'roster.import')
    await this.access.authorize(actor, 'roster.import', rootId)
    await refuseOtherFiles(file.bytes)
    const record = this.begin(actor, rootId, file.name)
    await this.database.transaction(async () => {
      await this.database.repository(RosterImportRecord).insert(record)
      await this.uploads.keep(record.id, file.bytes)
      await this.jobs.enqueue(READ_ROSTER, record.id, rootId)
      await this.audit.record('roster.uploaded', {
        actorId: actor.accountId,
        unitId: rootId,
        subjectId: record.id,
        data: { bytes: file.bytes.length },
      })
    })
    return this.views.of(record)
  }

  private begin(actor: Actor, unitId: string, fileName: string): RosterImportRecord {
    return {
      id: newId(),
      unitId,
      uploadedBy: actor.accountId,
      executedBy: null,
      fileName: [...(fileName || UNNAMED)].slice(0, 200).join(''),
      sheetName: '',
      columns: [],
      notes: [],
      unknownUnits: [],
      state: 'reading',
      assessmentMonth: this.clock.month(),
      progressDone: 0,
      progressTotal: 0,
      uploadedAt: this.clock.now(),
      finishedAt: null,
      problem: null,
    }
  }
}

async function refuseOtherFiles(bytes: Buffer): Promise<void> {
  try {
    await recognizeFile(bytes)
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error
    throw new Invalid(refusalCode(error), error.message, [{ field: 'file', message: error.message }])
  }
}
