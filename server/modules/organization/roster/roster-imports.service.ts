import { Injectable } from '@nestjs/common'
import { In } from 'typeorm'
import type {
  ExecuteImport,
  ImportRowPage,
  ListImportRows,
  MatchUnits,
  RosterImport,
  RosterImportList,
  TickRows,
  UnitMatch,
} from '../../../contracts/roster-import.js'
import { Access } from '../../../platform/access/access.js'
import type { Actor } from '../../../platform/access/actor.js'
import { Audit } from '../../../platform/audit/audit.js'
import { monthInWords } from '../../../platform/config/business-time.js'
import { Clock } from '../../../platform/config/clock.js'
import { Database } from '../../../platform/database/database.js'
import { newId } from '../../../platform/database/ids.js'
import { Conflict, Invalid, NotFound } from '../../../platform/http/errors.js'
import { cursorPart, decodeCursor, limitOf, pageOf } from '../../../platform/http/paging.js'
import { Jobs } from '../../../platform/jobs/jobs.js'
import { earliestMonth, latestMonth } from '../dues/billing-months.rules.js'
import { UnitAlias } from '../units/unit-alias.entity.js'
import { Units } from '../units/units.service.js'
import { openDocument } from './import-row.document.js'
import { refusedRowsWorkbook } from './refused-rows.workbook.js'
import { RosterImportPresenter } from './roster-import.presenter.js'
import { RosterImportQueries } from './roster-import.queries.js'
import { RosterImportRecord } from './roster-import.entity.js'
import { RosterImportRow } from './roster-import-row.entity.js'
import { IMPORT_ROSTER } from './roster.jobs.js'
import type { RosterField } from './roster-columns.rules.js'
import { asWritten, RowClassifier } from './row-classifier.js'

const RECENT = 20
const ROWS_AT_ONCE = 500
const CHANGED_MEANWHILE = '这次导入刚刚被处理过，请刷新后再看。'

/** What an officer does with an uploaded roster: match its units, tick its changes, carry it out. */
@Injectable()
export class RosterImports {
  constructor(
    private readonly database: Database,
    private readonly access: Access,
    private readonly units: Units,
    private readonly queries: RosterImportQueries,
    private readonly classifier: RowClassifier,
    private readonly presenter: RosterImportPresenter,
    private readonly jobs: Jobs,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async list(actor: Actor): Promise<RosterImportList> {
    const ids = await this.queries.recentIds(this.access.scope(actor, 'roster.import'), RECENT)
    const records = await this.database
      .repository(RosterImportRecord)
      .find({ where: { id: In(ids) }, order: { uploadedAt: 'DESC', id: 'DESC' } })
    return { items: await Promise.all(records.map((record) => this.presenter.present(record))) }
  }

  async find(actor: Actor, id: string): Promise<RosterImport> {
    return this.presenter.present(await this.own(actor, id))
  }

  async rows(actor: Actor, id: string, query: ListImportRows): Promise<ImportRowPage> {
    await this.own(actor, id)
    const limit = limitOf(query)
    const after = Number(decodeCursor(query.cursor, [cursorPart.whole])?.[0] ?? 0)
    const rows = await this.queries.rows(id, query.kind && [query.kind], after, limit + 1)
    return pageOf(
      rows,
      limit,
      ({ rowNumber }) => [String(rowNumber)],
      (row) => this.presenter.row(row),
    )
  }

  /** Says which of our units a name in the file means, for this import and the next ones. */
  async matchUnits(actor: Actor, id: string, { matches }: MatchUnits): Promise<RosterImport> {
    const record = await this.inPreview(actor, id)
    await this.database.atomically(async () => {
      for (const [index, match] of matches.entries()) await this.learn(actor, record, match, index)
      await this.reclassify(record)
    })
    return this.presenter.present(record)
  }

  async tick(actor: Actor, id: string, { rowIds, ticked }: TickRows): Promise<RosterImport> {
    const record = await this.inPreview(actor, id)
    await this.database
      .repository(RosterImportRow)
      .update({ importId: id, kind: 'changed', ...(rowIds ? { id: In(rowIds) } : {}) }, { ticked })
    return this.presenter.present(record)
  }

  /** Starts writing; the work is a job, its progress is read from the import. */
  async execute(actor: Actor, id: string, { assessmentMonth }: ExecuteImport): Promise<RosterImport> {
    await this.inPreview(actor, id)
    this.checkMonth(assessmentMonth)
    const total = await this.queries.countUnwritten(id)
    if (total === 0) {
      throw new Conflict('roster.nothing-to-import', '没有可以导入的行。请先改正有误的行，或勾选要更新的行。')
    }
    await this.database.atomically(async () => {
      const started = await this.database.changesOne(
        `UPDATE roster_import SET state = 'importing', assessmentMonth = ?, progressTotal = ?
         WHERE id = ? AND state = 'preview'`,
        [assessmentMonth, total, id],
      )
      if (!started) throw new Conflict('roster.changed-meanwhile', CHANGED_MEANWHILE)
      await this.jobs.enqueue(IMPORT_ROSTER, id)
    })
    return this.find(actor, id)
  }

  /** Forgets an upload that was not carried out, with everything personal in it. */
  async cancel(actor: Actor, id: string): Promise<RosterImport> {
    const record = await this.inPreview(actor, id)
    await this.database.atomically(async () => {
      const cancelled = await this.database.changesOne(
        `UPDATE roster_import SET state = 'cancelled', finishedAt = ? WHERE id = ? AND state = 'preview'`,
        [this.clock.now(), id],
      )
      if (!cancelled) throw new Conflict('roster.changed-meanwhile', CHANGED_MEANWHILE)
      await this.database.repository(RosterImportRow).delete({ importId: id })
      await this.audit.record('roster.cancelled', {
        actorId: actor.accountId,
        unitId: record.unitId,
        subjectId: id,
      })
    })
    return this.find(actor, id)
  }

  /** The rows that were not imported, with column and reason beside the original text. */
  async refusedRows(actor: Actor, id: string): Promise<{ fileName: string; content: Buffer }> {
    const record = await this.own(actor, id)
    const rows: RosterImportRow[] = []
    for (;;) {
      const more = await this.queries.rows(
        id,
        ['refused', 'unit-unknown'],
        rows.at(-1)?.rowNumber ?? 0,
        ROWS_AT_ONCE,
      )
      rows.push(...more)
      if (more.length < ROWS_AT_ONCE) break
    }
    if (rows.length === 0) throw new NotFound('roster.no-refused-rows', '没有需要改正的行。')
    await this.audit.record('roster.refused-rows-downloaded', {
      actorId: actor.accountId,
      unitId: record.unitId,
      subjectId: id,
      data: { rows: rows.length },
    })
    const content = await refusedRowsWorkbook(
      {
        sheetName: record.sheetName,
        columns: record.columns.map((column) => ({ ...column, field: column.field as RosterField | null })),
      },
      rows.map((row) => {
        const { original, problems } = openDocument(row.document)
        return { rowNumber: row.rowNumber, original, problems: [...problems, ...unitProblem(row)] }
      }),
    )
    return { fileName: `需要改正的行-${record.fileName.replace(/\.\w+$/, '')}.xlsx`, content }
  }

  private async learn(
    actor: Actor,
    record: RosterImportRecord,
    { name, unitId, createUnder }: UnitMatch,
    index: number,
  ): Promise<void> {
    if ((unitId === undefined) === (createUnder === undefined)) {
      throw new Invalid('roster.match-one', `“${name}”：请选择一个已有的支部，或者新建。`, [
        { field: `matches.${index}`, message: '二选一' },
      ])
    }
    if (createUnder !== undefined) {
      await this.access.scopeWithin(actor, 'roster.import', createUnder)
      // The file may write one name with and without a space: the second time it is known.
      const { byName } = await this.classifier.knownUnits(record.unitId)
      if (byName.has(asWritten(name))) return
      await this.units.create(actor, { parentId: createUnder, kind: 'branch', name: asWritten(name) })
      return
    }
    await this.access.authorize(actor, 'roster.import', unitId ?? '')
    const aliases = this.database.repository(UnitAlias)
    await aliases.delete({ rootId: record.unitId, name })
    await aliases.insert({ id: newId(), rootId: record.unitId, name, unitId: unitId ?? '' })
  }

  /** Looks again at the rows whose unit is known by now, under whichever spelling. */
  private async reclassify(record: RosterImportRecord): Promise<void> {
    const known = await this.classifier.knownUnits(record.unitId)
    for (const { name: unitName } of await this.queries.unknownUnits(record.id)) {
      if (!known.byName.has(asWritten(unitName))) continue
      const rows = await this.database
        .repository(RosterImportRow)
        .findBy({ importId: record.id, kind: 'unit-unknown', unitName })
      await this.classifier.classify(rows, known)
      await this.database.repository(RosterImportRow).save(rows, { chunk: ROWS_AT_ONCE })
    }
  }

  private checkMonth(month: string): void {
    const thisMonth = this.clock.month()
    if (month >= earliestMonth(thisMonth) && month <= latestMonth(thisMonth)) return
    const reason = `只能选 ${monthInWords(earliestMonth(thisMonth))}至${monthInWords(latestMonth(thisMonth))}`
    throw new Invalid('roster.month-out-of-range', `核定的起始月份${reason}。`, [
      { field: 'assessmentMonth', message: reason },
    ])
  }

  private async inPreview(actor: Actor, id: string): Promise<RosterImportRecord> {
    const record = await this.own(actor, id)
    if (record.state !== 'preview') throw new Conflict('roster.changed-meanwhile', CHANGED_MEANWHILE)
    return record
  }

  private async own(actor: Actor, id: string): Promise<RosterImportRecord> {
    const record = await this.database.repository(RosterImportRecord).findOneBy({ id })
    if (!record) throw new NotFound()
    await this.access.authorize(actor, 'roster.import', record.unitId)
    return record
  }
}

const unitProblem = (row: RosterImportRow): Array<{ heading: string; reason: string }> =>
  row.kind === 'unit-unknown'
    ? [{ heading: '所在党支部', reason: `组织里没有“${row.unitName}”，请改成系统中的名称或先建立这个支部` }]
    : []
