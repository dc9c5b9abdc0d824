import type { ImportRow, RosterImport } from '../../../contracts/organization/roster-import.js'
import { givesBack } from './given-back.rules.js'
import { openDocument } from './import-row.document.js'
import { headingOf, type RosterField } from './roster-fields.js'
import type { RosterImportRecord } from './roster-import.entity.js'
import type { RosterImportRow } from './roster-import-row.entity.js'
import type { ImportTotals } from './roster-import.queries.js'

const NO_ROWS: ImportTotals = {
  total: 0,
  new: 0,
  changed: 0,
  same: 0,
  refused: 0,
  unitUnknown: 0,
  ticked: 0,
  toWrite: 0,
  givenBack: 0,
}

export function presentImport(
  record: RosterImportRecord,
  {
    unitName,
    totals: { ticked, toWrite, givenBack, ...counts } = NO_ROWS,
    phonesWaiting,
    absentCount,
  }: {
    unitName: string
    totals: ImportTotals | undefined
    phonesWaiting: number
    absentCount: number | null
  },
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
    phonesWaiting,
    absentCount,
    assessmentMonth: record.assessmentMonth,
    progress: { done: record.progressDone, total: record.progressTotal },
    uploadedAt: record.uploadedAt.toISOString(),
    finishedAt: record.finishedAt?.toISOString() ?? null,
    problem: record.problem,
    can: {
      matchUnits: isPreview && record.unknownUnits.length > 0,
      execute: isPreview && toWrite > 0,
      cancel: isPreview || record.state === 'reading',
      downloadRefused: givesBack(record.state, givenBack),
    },
  }
}

export function presentImportRow(row: RosterImportRow): ImportRow {
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
