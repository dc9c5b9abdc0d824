import { Injectable } from '@nestjs/common'
import type { RosterImport } from '../../../contracts/roster-import.js'
import { Access } from '../../../platform/access/access.js'
import type { Actor } from '../../../platform/access/actor.js'
import { Audit } from '../../../platform/audit/audit.js'
import { Clock } from '../../../platform/config/clock.js'
import { Database } from '../../../platform/database/database.js'
import { newId } from '../../../platform/database/ids.js'
import { Invalid } from '../../../platform/http/errors.js'
import { sealDocument } from './import-row.document.js'
import { findDuplicates } from './roster-duplicates.rules.js'
import { RosterImportPresenter } from './roster-import.presenter.js'
import { RosterImportRecord } from './roster-import.entity.js'
import type { RosterImportRow } from './roster-import-row.entity.js'
import { RosterImportRowStore } from './roster-import-rows.store.js'
import { readRosterRow, type RosterRow, type RowReading } from './roster-row.rules.js'
import type { RosterSheet } from './roster-sheet.rules.js'
import { readRosterWorkbook } from './roster-workbook.reader.js'
import { RowClassifier } from './row-classifier.js'
import { proposalsFor, waitingNames } from './unit-proposals.js'
import { UnreadableWorkbook } from './unreadable-workbook.error.js'

const UNNAMED = '花名册.xlsx'

/** Reads an uploaded roster and shows what it would do; nothing about a member is written yet. */
@Injectable()
export class RosterUpload {
  constructor(
    private readonly database: Database,
    private readonly access: Access,
    private readonly classifier: RowClassifier,
    private readonly rows: RosterImportRowStore,
    private readonly presenter: RosterImportPresenter,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** @throws Invalid naming what is wrong with the file */
  async upload(
    actor: Actor,
    file: { name: string; bytes: Buffer },
    unitId: string | undefined,
  ): Promise<RosterImport> {
    const rootId = unitId ?? this.access.homeUnitId(actor, 'roster.import')
    await this.access.authorize(actor, 'roster.import', rootId)
    const sheet = await readSheet(file.bytes)
    const record = this.draft(actor, rootId, file.name, sheet)
    const rows = rowsOf(record.id, sheet, this.clock.today())
    const known = await this.classifier.knownUnits(rootId)
    await this.classifier.classify(rows, known)
    record.unknownUnits = await proposalsFor(waitingNames(rows), known.holding)
    await this.database.atomically(async () => {
      await this.database.repository(RosterImportRecord).insert(record)
      await this.rows.insert(rows)
      await this.audit.record('roster.uploaded', {
        actorId: actor.accountId,
        unitId: rootId,
        subjectId: record.id,
        data: { rows: rows.length },
      })
    })
    return this.presenter.present(record)
  }

  private draft(actor: Actor, unitId: string, fileName: string, sheet: RosterSheet): RosterImportRecord {
    return {
      id: newId(),
      unitId,
      uploadedBy: actor.accountId,
      executedBy: null,
      fileName: [...(fileName || UNNAMED)].slice(0, 200).join(''),
      sheetName: [...sheet.sheetName].slice(0, 100).join(''),
      columns: sheet.columns,
      notes: sheet.notes,
      unknownUnits: [],
      state: 'preview',
      assessmentMonth: this.clock.month(),
      progressDone: 0,
      progressTotal: 0,
      uploadedAt: this.clock.now(),
      finishedAt: null,
      problem: null,
    }
  }
}

async function readSheet(bytes: Buffer): Promise<RosterSheet> {
  try {
    return await readRosterWorkbook(bytes)
  } catch (error) {
    if (!(error instanceof UnreadableWorkbook)) throw error
    throw new Invalid(error.code, error.message, [{ field: 'file', message: error.message }])
  }
}

function rowsOf(importId: string, sheet: RosterSheet, today: string): RosterImportRow[] {
  const read = sheet.rows.map((row) => ({ row, reading: readRosterRow(row, today) }))
  const { repeated, notes } = findDuplicates(
    read.map(({ row, reading }) => ({ rowNumber: row.rowNumber, reading })),
  )
  const repeats = new Map(repeated.map(({ rowNumber, problem }) => [rowNumber, problem]))
  const remarks = new Map(notes.map(({ rowNumber, note }) => [rowNumber, note]))
  return read.map(({ row, reading }) => {
    const repeat = repeats.get(row.rowNumber)
    const remark = remarks.get(row.rowNumber)
    const problems = [...('problems' in reading ? reading.problems : []), ...(repeat ? [repeat] : [])]
    return importRow(importId, row, reading, problems, remark)
  })
}

function importRow(
  importId: string,
  row: RosterRow,
  reading: RowReading,
  problems: Array<{ heading: string; reason: string }>,
  remark: string | undefined,
): RosterImportRow {
  const person = problems.length === 0 && 'person' in reading ? reading.person : null
  return {
    id: newId(),
    importId,
    rowNumber: row.rowNumber,
    kind: person ? 'unit-unknown' : 'refused',
    unitName: person?.unitName ?? '',
    unitId: null,
    memberId: null,
    ticked: false,
    writtenAt: null,
    document: sealDocument({
      original: row.original,
      name: person?.name ?? row.cells.name?.text.trim() ?? '',
      unitName: person?.unitName ?? row.cells.unit?.text.trim() ?? '',
      person,
      problems: problems.map(({ heading, reason }) => ({ heading, reason })),
      notes: [...reading.notes, ...(remark ? [remark] : [])],
      changes: [],
    }),
  }
}
