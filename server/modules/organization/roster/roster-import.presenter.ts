import { Injectable } from '@nestjs/common'
import type { ImportRow, RosterImport } from '../../../contracts/roster-import.js'
import { Database } from '../../../platform/database/database.js'
import { UnitRecord } from '../units/unit.entity.js'
import { openDocument } from './import-row.document.js'
import { headingOf, type RosterField } from './roster-columns.rules.js'
import type { RosterImportRecord } from './roster-import.entity.js'
import type { RosterImportRow } from './roster-import-row.entity.js'
import { RosterImportQueries } from './roster-import.queries.js'
import { RowClassifier } from './row-classifier.js'
import { proposeUnits } from './unit-name.rules.js'

@Injectable()
export class RosterImportPresenter {
  constructor(
    private readonly database: Database,
    private readonly queries: RosterImportQueries,
    private readonly classifier: RowClassifier,
  ) {}

  async present(record: RosterImportRecord): Promise<RosterImport> {
    const [unit, { ticked, ...counts }, unknownUnits] = await Promise.all([
      this.database.repository(UnitRecord).findOneByOrFail({ id: record.unitId }),
      this.queries.counts(record.id),
      this.unknownUnits(record),
    ])
    const isPreview = record.state === 'preview'
    return {
      id: record.id,
      fileName: record.fileName,
      sheetName: record.sheetName,
      state: record.state,
      unitId: record.unitId,
      unitName: unit.name,
      columns: record.columns.map(({ letter, heading, field }) => ({
        letter,
        heading,
        recognizedAs: field === null ? null : headingOf(field as RosterField),
      })),
      notes: record.notes,
      counts,
      unknownUnits,
      tickedCount: ticked,
      assessmentMonth: record.assessmentMonth,
      progress: { done: record.progressDone, total: record.progressTotal },
      uploadedAt: record.uploadedAt.toISOString(),
      finishedAt: record.finishedAt?.toISOString() ?? null,
      problem: record.problem,
      can: {
        matchUnits: isPreview && unknownUnits.length > 0,
        execute: isPreview && counts.new + ticked > 0,
        cancel: isPreview,
        downloadRefused: record.state !== 'cancelled' && counts.refused + counts.unitUnknown > 0,
      },
    }
  }

  row(row: RosterImportRow): ImportRow {
    const { name, problems, changes, notes } = openDocument(row.document)
    return {
      id: row.id,
      rowNumber: row.rowNumber,
      kind: row.kind,
      name,
      unitName: row.unitName,
      problems,
      changes,
      ticked: row.ticked,
      notes,
    }
  }

  private async unknownUnits(record: RosterImportRecord): Promise<RosterImport['unknownUnits']> {
    const unknown = await this.queries.unknownUnits(record.id)
    if (unknown.length === 0) return []
    const { all } = await this.classifier.knownUnits(record.unitId)
    const nameOf = new Map(all.map(({ id, name }) => [id, name]))
    return unknown.map(({ name, rowCount }) => ({
      name,
      rowCount,
      proposals: proposeUnits(name, all).map(({ unitId }) => ({ unitId, name: nameOf.get(unitId) ?? '' })),
    }))
  }
}
