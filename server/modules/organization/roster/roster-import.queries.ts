import { Injectable } from '@nestjs/common'
import { In } from 'typeorm'
import type { ImportCounts, ImportRowKind } from '../../../contracts/roster-import.js'
import { withinScope, type Scope } from '../../../platform/access/scope.js'
import { wholeNumber } from '../../../platform/database/columns.js'
import { Database } from '../../../platform/database/database.js'
import { AssessmentRecord } from '../dues/assessment.entity.js'
import { idNumberIndexOf } from '../members/member-index.js'
import { MemberRecord } from '../members/member.entity.js'
import { UnitRecord } from '../units/unit.entity.js'
import type { StoredMember } from './member-changes.rules.js'
import { RosterImportRow } from './roster-import-row.entity.js'

const NUMBERS_AT_ONCE = 500

@Injectable()
export class RosterImportQueries {
  constructor(private readonly database: Database) {}

  /** Stored members by ID number, with class and base by which they pay now. */
  async storedByIdNumber(idNumbers: string[]): Promise<Map<string, StoredMember>> {
    const stored = new Map<string, StoredMember>()
    for (let start = 0; start < idNumbers.length; start += NUMBERS_AT_ONCE) {
      const indices = idNumbers.slice(start, start + NUMBERS_AT_ONCE).map(idNumberIndexOf)
      const members = await this.database.repository(MemberRecord).findBy({ idNumberIndex: In(indices) })
      if (members.length === 0) continue
      const [assessments, units] = await Promise.all([
        this.database.repository(AssessmentRecord).findBy({ openKey: In(members.map(({ id }) => id)) }),
        this.database
          .repository(UnitRecord)
          .findBy({ id: In([...new Set(members.map(({ unitId }) => unitId))]) }),
      ])
      const assessmentOf = new Map(assessments.map((assessment) => [assessment.memberId, assessment]))
      const unitNameOf = new Map(units.map(({ id, name }) => [id, name]))
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

  async counts(importId: string): Promise<ImportCounts & { ticked: number }> {
    const rows = await this.database.query<{
      kind: ImportRowKind
      count: string | number
      ticked: string | number
    }>(
      `SELECT kind, COUNT(*) AS count, SUM(CASE WHEN ticked = 1 THEN 1 ELSE 0 END) AS ticked
       FROM roster_import_row WHERE importId = ? GROUP BY kind`,
      [importId],
    )
    const of = (kind: ImportRowKind) => wholeNumber(rows.find((row) => row.kind === kind)?.count)
    return {
      total: rows.reduce((sum, { count }) => sum + wholeNumber(count), 0),
      new: of('new'),
      changed: of('changed'),
      same: of('same'),
      refused: of('refused'),
      unitUnknown: of('unit-unknown'),
      ticked: wholeNumber(rows.find(({ kind }) => kind === 'changed')?.ticked),
    }
  }

  /** Unit names of the file that are not matched yet, most frequent first. */
  async unknownUnits(importId: string): Promise<Array<{ name: string; rowCount: number }>> {
    const rows = await this.database.query<{ name: string; rowCount: string | number }>(
      `SELECT unitName AS name, COUNT(*) AS rowCount FROM roster_import_row
       WHERE importId = ? AND kind = 'unit-unknown' GROUP BY unitName ORDER BY rowCount DESC, unitName LIMIT 200`,
      [importId],
    )
    return rows.map(({ name, rowCount }) => ({ name, rowCount: wholeNumber(rowCount) }))
  }

  /** Rows of an import by number, after a given one. */
  rows(
    importId: string,
    kinds: ImportRowKind[] | undefined,
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

  /** Rows that still have to be written, in order. */
  unwritten(importId: string, limit: number): Promise<RosterImportRow[]> {
    return this.database
      .repository(RosterImportRow)
      .createQueryBuilder('r')
      .where('r.importId = :importId AND r.writtenAt IS NULL', { importId })
      .andWhere(`(r.kind = 'new' OR (r.kind = 'changed' AND r.ticked = :ticked))`, { ticked: true })
      .orderBy('r.rowNumber')
      .take(limit)
      .getMany()
  }

  async countUnwritten(importId: string): Promise<number> {
    const [row] = await this.database.query<{ count: string | number }>(
      `SELECT COUNT(*) AS count FROM roster_import_row
       WHERE importId = ? AND writtenAt IS NULL AND (kind = 'new' OR (kind = 'changed' AND ticked = 1))`,
      [importId],
    )
    return wholeNumber(row?.count)
  }

  /** Uploads in the scope that wait for somebody to carry them out. */
  async countInPreview(scope: Scope): Promise<number> {
    const within = withinScope(scope, 'n')
    const [row] = await this.database.query<{ count: string | number }>(
      `SELECT COUNT(*) AS count FROM roster_import i JOIN org_node n ON n.id = i.unitId
       WHERE ${within.sql} AND i.state = 'preview'`,
      within.parameters,
    )
    return wholeNumber(row?.count)
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
