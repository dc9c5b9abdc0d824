import { Injectable } from '@nestjs/common'
import { Access } from '../../../platform/access/access.js'
import { subtreeOf } from '../../../platform/access/scope.js'
import { Audit } from '../../../platform/audit/audit.js'
import { Clock } from '../../../platform/config/clock.js'
import { Assessments, type AssessmentInput } from '../dues/index.js'
import { isComputed } from '../dues/rules.js'
import { MemberDirectory } from '../members/index.js'
import { UnitDirectory } from '../units/index.js'
import {
  openDocument,
  refuse,
  sealDocument,
  withoutDetails,
  type ImportRowDocument,
} from './import-row.document.js'
import { importedChanges, importedMember } from './imported-member.js'
import { needsAssessment, type StoredMember } from './member-changes.rules.js'
import type { RosterImportRecord } from './roster-import.entity.js'
import type { RosterImportRow } from './roster-import-row.entity.js'
import { RosterImportQueries } from './roster-import.queries.js'
import type { RosterPerson } from './roster-person.js'
import { CHANGED_SINCE_PREVIEW, judge } from './row-verdict.rules.js'

const REASON = '花名册导入的计算基数'

type Roster = Pick<RosterImportRecord, 'id' | 'unitId' | 'assessmentMonth' | 'executedBy'>

/** A row that will be written. */
interface SoundRow {
  row: RosterImportRow
  document: ImportRowDocument
  person: RosterPerson
  unitId: string
}

interface ChangedRow extends SoundRow {
  stored: StoredMember
}

/** Puts rows of a roster into members and assessments, inside the caller's transaction. */
@Injectable()
export class RosterWriter {
  constructor(
    private readonly access: Access,
    private readonly units: UnitDirectory,
    private readonly members: MemberDirectory,
    private readonly queries: RosterImportQueries,
    private readonly assessments: Assessments,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Writes what still holds and turns the other rows into refused ones; the caller stores the rows. */
  async write(rows: RosterImportRow[], roster: Roster): Promise<void> {
    const { added, changed } = await this.judgeAll(rows, roster)
    await this.add(added, roster)
    for (const row of changed) await this.change(row, roster)
    await this.record('member.added', added, roster)
    await this.record('member.changed', changed, roster)
    const writtenAt = this.clock.now()
    for (const { row, document } of [...added, ...changed]) {
      Object.assign(row, { writtenAt, document: sealDocument(withoutDetails(document)) })
    }
  }

  private async judgeAll(
    rows: RosterImportRow[],
    { unitId }: Roster,
  ): Promise<{ added: SoundRow[]; changed: ChangedRow[] }> {
    const open = rows.map((row) => ({ row, document: openDocument(row.document) }))
    const idNumbers = open.flatMap(({ document }) => (document.person ? [document.person.idNumber] : []))
    await this.members.lockByIdNumber(idNumbers)
    const stored = await this.queries.storedByIdNumber(idNumbers)
    const isOurs = await this.unitsBelow(unitId)
    const added: SoundRow[] = []
    const changed: ChangedRow[] = []
    for (const { row, document } of open) {
      const { person } = document
      const existing = person ? stored.get(person.idNumber) : undefined
      const { unitId: rowUnitId } = row
      const verdict = judge(row, document, existing, isOurs)
      if (verdict === 'add' && person && rowUnitId) {
        added.push({ row, document, person, unitId: rowUnitId })
      } else if (verdict === 'change' && person && rowUnitId && existing) {
        changed.push({ row, document, person, unitId: rowUnitId, stored: existing })
      } else refuse(row, document, CHANGED_SINCE_PREVIEW)
    }
    return { added, changed }
  }

  private async add(rows: SoundRow[], roster: Roster): Promise<void> {
    if (rows.length === 0) return
    const now = this.clock.now()
    const members = rows.map(({ row, person, unitId }) => {
      const member = importedMember(person, unitId, now)
      row.memberId = member.id
      return member
    })
    await this.members.add(members)
    await this.assessments.enterFirst(
      rows.flatMap(({ row, person, unitId }) =>
        isComputed(person.duesClass) && person.baseFen !== null
          ? [{ input: this.assessment(row.memberId ?? '', person, roster), unitId }]
          : [],
      ),
    )
  }

  private async change({ document, person, unitId, stored }: ChangedRow, roster: Roster): Promise<void> {
    const { id } = stored.member
    await this.members.change(id, importedChanges(document.changes, person, unitId))
    if (needsAssessment(stored, person)) {
      await this.assessments.enter(this.assessment(id, person, roster), unitId)
    } else if (stored.duesClass !== person.duesClass) {
      await this.assessments.lapse(id, roster.assessmentMonth, roster.executedBy, unitId)
    }
  }

  private assessment(memberId: string, person: RosterPerson, roster: Roster): AssessmentInput {
    const { duesClass, baseFen } = person
    return {
      memberId,
      fromMonth: roster.assessmentMonth,
      duesClass,
      baseFen: isComputed(duesClass) ? baseFen : null,
      reason: REASON,
      assessedBy: roster.executedBy,
    }
  }

  /** Records what happened to each member: only the names of the fields, no values. */
  private record(
    name: 'member.added' | 'member.changed',
    rows: SoundRow[],
    { id, executedBy }: Roster,
  ): Promise<void> {
    return this.audit.recordMany(
      name,
      rows.map(({ row, document: { changes }, unitId }) => ({
        actorId: executedBy,
        unitId,
        subjectId: row.memberId ?? '',
        data: {
          importId: id,
          ...(changes.length > 0 ? { fields: changes.map(({ field }) => field).join(',') } : {}),
        },
      })),
    )
  }

  private async unitsBelow(rootId: string): Promise<(unitId: string) => boolean> {
    const units = await this.units.inScope({ ranges: [subtreeOf((await this.access.node(rootId)).path)] })
    const ids = new Set(units.map(({ id }) => id))
    return (unitId) => ids.has(unitId)
  }
}
