import { Injectable } from '@nestjs/common'
import type { RosterImport } from '../../../contracts/organization/roster-import.js'
import { Approvals } from '../../../platform/approval/approvals.js'
import { UnitDirectory } from '../units/index.js'
import type { RosterImportRecord } from './roster-import.entity.js'
import { AbsenceQueries } from './absences.queries.js'
import { presentImport } from './roster-import.presenter.js'
import { RosterImportQueries } from './roster-import.queries.js'

/** Imports with what a screen about them needs besides their rows. */
@Injectable()
export class RosterImportViews {
  constructor(
    private readonly units: UnitDirectory,
    private readonly queries: RosterImportQueries,
    private readonly approvals: Approvals,
    private readonly absences: AbsenceQueries,
  ) {}

  async of(record: RosterImportRecord): Promise<RosterImport> {
    const [[counts, unitNames, waiting], absentCount] = await Promise.all([
      this.more([record]),
      record.state === 'done' ? this.absences.count(record.id) : null,
    ])
    return presentImport(record, {
      absentCount,
      unitName: unitNames.get(record.unitId) ?? '',
      totals: counts.get(record.id),
      phonesWaiting: waiting.get(record.id) ?? 0,
    })
  }

  /** Three queries for any number of imports. */
  async ofAll(records: readonly RosterImportRecord[]): Promise<RosterImport[]> {
    if (records.length === 0) return []
    const [counts, unitNames, waiting] = await this.more(records)
    return records.map((record) =>
      presentImport(record, {
        absentCount: null,
        unitName: unitNames.get(record.unitId) ?? '',
        totals: counts.get(record.id),
        phonesWaiting: waiting.get(record.id) ?? 0,
      }),
    )
  }

  private more(records: readonly RosterImportRecord[]) {
    return Promise.all([
      this.queries.counts(records.map(({ id }) => id)),
      this.units.namesOf(records.map(({ unitId }) => unitId)),
      this.approvals.countWaiting(records.map(({ id }) => id)),
    ])
  }
}
