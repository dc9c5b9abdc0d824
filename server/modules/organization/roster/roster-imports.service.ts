import type { Readable } from 'node:stream'
import { Injectable } from '@nestjs/common'
import { In } from 'typeorm'
import type {
  ImportRowPage,
  ListImportRows,
  RosterImport,
  RosterImportList,
} from '../../../contracts/organization/roster-import.js'
import { Access } from '../../../platform/access/access.js'
import type { Actor } from '../../../platform/access/actor.js'
import { Audit } from '../../../platform/audit/audit.js'
import { Database } from '../../../platform/database/database.js'
import { NotFound } from '../../../platform/http/errors.js'
import { cursorPart, decodeCursor, limitOf, pageOf } from '../../../platform/http/paging.js'
import { GIVEN_BACK, givesBack } from './given-back.rules.js'
import { openDocument } from './import-row.document.js'
import { PreviewedImports } from './previewed-imports.js'
import { refusedRowsWorkbook, type RefusedRow } from './refused-rows.workbook.js'
import { headingOf } from './roster-fields.js'
import { presentImportRow } from './roster-import.presenter.js'
import { RosterImportViews } from './roster-import-views.js'
import { RosterImportQueries } from './roster-import.queries.js'
import { RosterImportRecord } from './roster-import.entity.js'
import type { RosterImportRow } from './roster-import-row.entity.js'

const RECENT = 20
const ROWS_AT_ONCE = 200

/** What an officer reads of uploaded rosters: the imports, their rows, and the refused rows as a file. */
@Injectable()
export class RosterImports {
  constructor(
    private readonly database: Database,
    private readonly access: Access,
    private readonly imports: PreviewedImports,
    private readonly queries: RosterImportQueries,
    private readonly views: RosterImportViews,
    private readonly audit: Audit,
  ) {}

  async list(actor: Actor): Promise<RosterImportList> {
    const ids = await this.queries.recentIds(this.access.scope(actor, 'roster.import'), RECENT)
    const records = await this.database
      .repository(RosterImportRecord)
      .find({ where: { id: In(ids) }, order: { uploadedAt: 'DESC', id: 'DESC' } })
    return { items: await this.views.ofAll(records) }
  }

  async find(actor: Actor, id: string): Promise<RosterImport> {
    return this.views.of(await this.imports.load(actor, id))
  }

  async rows(actor: Actor, id: string, query: ListImportRows): Promise<ImportRowPage> {
    await this.imports.load(actor, id)
    const limit = limitOf(query)
    const after = Number(decodeCursor(query.cursor, [cursorPart.whole])?.[0] ?? 0)
    const rows = await this.queries.rows(id, query.kind && [query.kind], after, limit + 1)
    return pageOf(rows, limit, ({ rowNumber }) => [String(rowNumber)], presentImportRow)
  }

  /** The rows that were not imported, with column and reason beside the original text. */
  async refusedRows(actor: Actor, id: string): Promise<{ fileName: string; content: Readable }> {
    const record = await this.imports.load(actor, id)
    const rows = (await this.queries.counts([id])).get(id)?.givenBack ?? 0
    if (!givesBack(record.state, rows)) {
      throw new NotFound('roster.no-refused-rows', '没有需要改正的行。')
    }
    await this.audit.record('roster.refused-rows-downloaded', {
      actorId: actor.accountId,
      unitId: record.unitId,
      subjectId: id,
      data: { rows },
    })
    const content = refusedRowsWorkbook(record, this.refused(id))
    return { fileName: `需要改正的行-${record.fileName.replace(/\.\w+$/, '')}.xlsx`, content }
  }

  /** Reads the rows in portions while they are written: there may be as many as the largest roster has. */
  private async *refused(id: string): AsyncGenerator<RefusedRow[]> {
    for (let after = 0; ;) {
      const rows = await this.queries.rows(id, GIVEN_BACK, after, ROWS_AT_ONCE)
      if (rows.length > 0) yield rows.map(refusedRow)
      after = rows.at(-1)?.rowNumber ?? after
      if (rows.length < ROWS_AT_ONCE) return
    }
  }
}

function refusedRow(row: RosterImportRow): RefusedRow {
  const { original, problems } = openDocument(row.document)
  return { rowNumber: row.rowNumber, original, problems: [...problems, ...unitProblem(row)] }
}

const unitProblem = (row: RosterImportRow): Array<{ heading: string; reason: string }> =>
  row.kind === 'unit-unknown'
    ? [
        {
          heading: headingOf('unit'),
          reason: `组织里没有“${row.unitName}”，请改成系统中的名称或先建立这个支部`,
        },
      ]
    : []
