import type { Readable } from 'node:stream'
import { Injectable } from '@nestjs/common'
import type { LedgerExport } from '../../../contracts/organization/dues-export.js'
import type { LedgerMonthList, LedgerPage, LedgerQuery } from '../../../contracts/organization/ledger.js'
import { Access } from '../../../platform/access/access.js'
import type { Actor } from '../../../platform/access/actor.js'
import { Audit } from '../../../platform/audit/audit.js'
import { dayIn, monthInWords } from '../../../platform/config/business-time.js'
import { Clock } from '../../../platform/config/clock.js'
import { Invalid } from '../../../platform/http/errors.js'
import { cursorPart, decodeCursor, limitOf, pageOf } from '../../../platform/http/paging.js'
import { streamWorkbook } from '../../../platform/spreadsheet/writing/stream-workbook.js'
import { STATE_IN_WORDS } from './ledger-words.js'
import { presentLedgerMonth, presentLedgerRow } from './ledger.presenter.js'
import { approvalOf, FullExports } from './full-exports.service.js'
import { LedgerQueries, type LedgerLine, type LedgerPosition } from './ledger.queries.js'

const MONTHS = 24
/**
 * The rows are read in one statement: a payment between two statements would list a bill twice, as unpaid and as
 * paid.
 */
const MOST_EXPORTED_ROWS = 20_000

/** Who has paid and who has not, within the actor's scope. */
@Injectable()
export class Ledger {
  constructor(
    private readonly access: Access,
    private readonly queries: LedgerQueries,
    private readonly exports: FullExports,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async page(actor: Actor, query: LedgerQuery): Promise<LedgerPage> {
    const scope = await this.access.scopeWithin(actor, 'dues.read', query.unitId)
    const month = query.month ?? this.clock.month()
    const limit = limitOf(query)
    const after = decodeCursor(query.cursor, [cursorPart.whole, cursorPart.text, cursorPart.id]) as
      LedgerPosition | undefined
    const [{ visitCount, ...totals }, rows] = await Promise.all([
      this.queries.totals(scope, month),
      this.queries.rows(scope, month, query.state, after, limit + 1),
    ])
    const page = pageOf(
      rows,
      limit,
      ({ sortRank, memberName, billId }) => [String(sortRank), memberName, billId],
      presentLedgerRow,
    )
    return { month, totals, visitCount, ...page }
  }

  async months(actor: Actor, unitId: string | undefined): Promise<LedgerMonthList> {
    const scope = await this.access.scopeWithin(actor, 'dues.read', unitId)
    return { items: (await this.queries.months(scope, MONTHS)).map(presentLedgerMonth) }
  }

  /** The month as an Excel file. @throws Invalid when it would be too large to open */
  async workbook(actor: Actor, query: LedgerExport): Promise<{ fileName: string; content: Readable }> {
    const scope = await this.access.scopeWithin(actor, 'dues.export', query.unitId)
    const month = query.month ?? this.clock.month()
    await this.exports.check(actor, query, month, 'workbook')
    const rows = await this.queries.rows(scope, month, undefined, undefined, MOST_EXPORTED_ROWS + 1)
    if (rows.length > MOST_EXPORTED_ROWS) {
      throw new Invalid('dues.export-too-large', '这个范围的记录太多，请选择下级组织分别导出。')
    }
    await this.audit.record('dues.ledger-exported', {
      actorId: actor.accountId,
      unitId: query.unitId ?? this.access.homeUnitId(actor, 'dues.export'),
      subjectId: month,
      data: { rows: rows.length, ...approvalOf(query) },
    })
    const content = streamWorkbook({
      sheetName: `${monthInWords(month)}党费`,
      headings: ['序号', '姓名', '所在支部', '应缴（元）', '状态', '缴纳日期'],
      rows: inCells(rows),
    })
    return { fileName: `${monthInWords(month)}党费台账.xlsx`, content }
  }
}

/** Makes the cells row by row while the file is written: all rows at once would block other requests. */
function* inCells(rows: readonly LedgerLine[]) {
  for (const [index, row] of rows.entries()) {
    yield [
      index + 1,
      row.memberName,
      row.unitName,
      row.amountFen / 100,
      STATE_IN_WORDS[row.state],
      row.paidAt ? dayIn(row.paidAt) : '',
    ]
  }
}
