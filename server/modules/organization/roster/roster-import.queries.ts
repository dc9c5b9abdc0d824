import { Injectable } from '@nestjs/common'
import type { ImportCounts, ImportRowKind } from '../../../contracts/organization/roster-import.js'
import { withinScope, type Scope } from '../../../platform/access/scope.js'
import { Database } from '../../../platform/database/database.js'
import { placeholders } from '../../../platform/database/dialect.js'
import { Clock } from '../../../platform/config/clock.js'
import { AssessmentPeriods } from '../dues/index.js'
import { MemberDirectory } from '../members/index.js'
import { UnitDirectory } from '../units/index.js'
import { GIVEN_BACK } from './given-back.rules.js'
import type { StoredMember } from './member-changes.rules.js'
import { RosterImportRow } from './roster-import-row.entity.js'
import { TO_WRITE } from './to-write.rules.js'
import type { WaitingName } from './unit-proposals.js'

const NUMBERS_AT_ONCE = 500

export interface ImportTotals extends ImportCounts {
  /** Changed rows that are ticked. */
  ticked: number
  /** Rows that are written when the import is executed. */
  toWrite: number
  /** Rows that are given back to be corrected. */
  givenBack: number
}

@Injectable()
export class RosterImportQueries {
  constructor(
    private readonly database: Database,
    private readonly members: MemberDirectory,
    private readonly assessments: AssessmentPeriods,
    private readonly units: UnitDirectory,
    private readonly clock: Clock,
  ) {}

  /** Stored members by ID number, with class and base by which they pay now. */
  async storedByIdNumber(idNumbers: string[]): Promise<Map<string, StoredMember>> {
    const stored = new Map<string, StoredMember>()
    for (let start = 0; start < idNumbers.length; start += NUMBERS_AT_ONCE) {
      const members = await this.members.withIdNumbers(idNumbers.slice(start, start + NUMBERS_AT_ONCE))
      const [assessmentOf, unitNameOf] = await Promise.all([
        this.assessments.asOf(
          members.map(({ id }) => id),
          this.clock.today(),
        ),
        this.units.namesOf(members.map(({ unitId }) => unitId)),
      ])
      for (const member of members) {
        const assessment = assessmentOf.get(member.id)
        stored.set(member.idNumber, {
          member,
          unitName: unitNameOf.get(member.unitId) ?? '',
          duesClass: assessment?.duesClass ?? member.duesClass,
          baseFen: assessment?.baseFen ?? null,
        })
      }
    }
    return stored
  }

  /** Rows by kind, for each of several imports. */
  async counts(importIds: readonly string[]): Promise<Map<string, ImportTotals>> {
    const rows = await this.database.query<{
      importId: string
      kind: ImportRowKind
      count: number
      ticked: number
      toWrite: number
    }>(
      `SELECT importId, kind, COUNT(*) AS count, SUM(CASE WHEN ticked = 1 THEN 1 ELSE 0 END) AS ticked,
              SUM(CASE WHEN ${TO_WRITE} THEN 1 ELSE 0 END) AS toWrite
       FROM roster_import_row WHERE importId IN (${placeholders(importIds)}) GROUP BY importId, kind`,
      [...importIds],
    )
    return new Map(
      importIds.map((id) => {
        const own = rows.filter(({ importId }) => importId === id)
        const of = (kind: ImportRowKind) => own.find((row) => row.kind === kind)?.count ?? 0
        const totals = {
          total: own.reduce((sum, { count }) => sum + count, 0),
          new: of('new'),
          changed: of('changed'),
          same: of('same'),
          refused: of('refused'),
          unitUnknown: of('unit-unknown'),
          ticked: own.find(({ kind }) => kind === 'changed')?.ticked ?? 0,
          toWrite: own.reduce((sum, { toWrite }) => sum + toWrite, 0),
          givenBack: GIVEN_BACK.reduce((sum, kind) => sum + of(kind), 0),
        }
        return [id, totals]
      }),
    )
  }

  /** Unit names of the file that are not matched yet, most frequent first. */
  waitingNames(importId: string): Promise<WaitingName[]> {
    return this.database.query(
      `SELECT unitName AS name, COUNT(*) AS rowCount FROM roster_import_row
       WHERE importId = ? AND kind = 'unit-unknown' GROUP BY unitName ORDER BY rowCount DESC, unitName`,
      [importId],
    )
  }

  /** Rows of an import by number, after a given one. */
  rows(
    importId: string,
    kinds: readonly ImportRowKind[] | undefined,
    after: number,
    limit: number,
  ): Promise<RosterImportRow[]> {
    const query = this.database
      .repository(RosterImportRow)
      .createQueryBuilder('r')
      .where('r.importId = :importId AND r.rowNumber > :after', { importId, after })
    if (kinds) query.andWhere('r.kind IN (:...kinds)', { kinds })
    return query.orderBy('r.rowNumber').take(limit).getMany()
  }

  /** Uploads in the scope that wait to be executed. */
  async countInPreview(scope: Scope): Promise<number> {
    const within = withinScope(scope, 'n')
    const { count } = await this.database.queryOne<{ count: number }>(
      `SELECT COUNT(*) AS count FROM roster_import i JOIN org_node n ON n.id = i.unitId
       WHERE ${within.sql} AND i.state = 'preview'`,
      within.parameters,
    )
    return count
  }

  /** Newest imports in the scope. */
  async recentIds(scope: Scope, limit: number): Promise<string[]> {
    const within = withinScope(scope, 'n')
    const rows = await this.database.query<{ id: string }>(
      `SELECT i.id FROM roster_import i JOIN org_node n ON n.id = i.unitId
       WHERE ${within.sql} ORDER BY i.uploadedAt DESC, i.id DESC LIMIT ${limit}`,
      within.parameters,
    )
    return rows.map(({ id }) => id)
  }
}
