import { Injectable } from '@nestjs/common'
import type { ImportRow, RosterImport } from '../../../contracts/organization/roster-import.js'
import { UnitDirectory } from '../units/index.js'
import { openDocument } from './import-row.document.js'
import { headingOf, type RosterField } from './roster-columns.rules.js'
import type { RosterImportRecord } from './roster-import.entity.js'
import type { RosterImportRow } from './roster-import-row.entity.js'
import { RosterImportQueries, type ImportTotals } from './roster-import.queries.js'

const NO_ROWS: ImportTotals = {
  total: 0,
  new: 0,
  changed: 0,
  same: 0,
  refused: 0,
  unitUnknown: 0,
  ticked: 0,
}

@Injectable()
export class RosterImportPresenter {
  constructor(
    private readonly units: UnitDirectory,
    private readonly queries: RosterImportQueries,
  ) {}

  async present(record: RosterImportRecord): Promise<RosterImport> {
    const { unitNames, totals } = await this.context([record])
    return this.describe(record, unitNames.get(record.unitId), totals.get(record.id))
  }

  async presentAll(records: readonly RosterImportRecord[]): Promise<RosterImport[]> {
    if (records.length === 0) return []
    const { unitNames, totals } = await this.context(records)
    return records.map((record) => this.describe(record, unitNames.get(record.unitId), totals.get(record.id)))
  }

  row(row: RosterImportRow): ImportRow {
    const { name, unitName, problems, changes, notes } = openDocument(row.document)
    return {
      id: row.id,
      rowNumber: row.rowNumber,
      kind: row.kind,
      name,
      unitName,
      problems,
      changes: changes.map(({ heading, before, after }) => ({ heading, before, after })),
      ticked: row.ticked,
      notes,
    }
  }

  /** What a screen about these imports needs besides them, in two queries. */
  private async context(records: readonly RosterImportRecord[]) {
    const [unitNames, totals] = await Promise.all([
      this.units.namesOf(records.map(({ unitId }) => unitId)),
      this.queries.counts(records.map(({ id }) => id)),
    ])
    return { unitNames, totals }
  }

  private describe(
    record: RosterImportRecord,
    unitName = '',
    { ticked, ...counts }: ImportTotals = NO_ROWS,
  ): RosterImport {
    const isPreview = record.state === 'preview'
    return {
      id: record.id,
      fileName: record.fileName,
      sheetName: record.sheetName,
      state: record.state,
      unitId: record.unitId,
      unitName,
      columns: record.columns.map(({ letter, heading, field }) => ({
        letter,
        heading,
        recognizedAs: field === null ? null : headingOf(field as RosterField),
      })),
      notes: record.notes,
      counts,
      unknownUnits: record.unknownUnits,
      tickedCount: ticked,
      assessmentMonth: record.assessmentMonth,
      progress: { done: record.progressDone, total: record.progressTotal },
      uploadedAt: record.uploadedAt.toISOString(),
      finishedAt: record.finishedAt?.toISOString() ?? null,
      problem: record.problem,
      can: {
        matchUnits: isPreview && record.unknownUnits.length > 0,
        execute: isPreview && counts.new + ticked > 0,
        cancel: isPreview || record.state === 'reading',
        downloadRefused:
          record.state !== 'cancelled' &&
          record.state !== 'reading' &&
          counts.refused + counts.unitUnknown > 0,
      },
    }
  }
}
