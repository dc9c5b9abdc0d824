import type { Readable } from 'node:stream'
import { Injectable } from '@nestjs/common'
import type { LedgerExport } from '../../../contracts/organization/dues-export.js'
import { Access } from '../../../platform/access/access.js'
import type { Actor } from '../../../platform/access/actor.js'
import { Audit } from '../../../platform/audit/audit.js'
import { Clock } from '../../../platform/config/clock.js'
import { Invalid } from '../../../platform/http/errors.js'
import { printPaper } from '../../../platform/pdf/print-paper.js'
import { ledgerPaper } from './ledger.paper.js'
import { approvalOf, FullExports } from './full-exports.service.js'
import { LedgerQueries } from './ledger.queries.js'

/** About 150 pages, which take some seconds to draw; nobody prints more at once. */
const MOST_PRINTED_ROWS = 5_000

/** The ledger on paper. */
@Injectable()
export class LedgerDocument {
  constructor(
    private readonly access: Access,
    private readonly queries: LedgerQueries,
    private readonly exports: FullExports,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /**
   * The month as a PDF. All rows are read in one statement: a payment between two statements would make the sums
   * differ from the rows.
   * @throws Invalid when it would be too long to print
   */
  async print(actor: Actor, query: LedgerExport): Promise<{ fileName: string; content: Readable }> {
    const scope = await this.access.scopeWithin(actor, 'dues.export', query.unitId)
    const month = query.month ?? this.clock.month()
    await this.exports.check(actor, query, month, 'document')
    const [unitNames, rows] = await Promise.all([
      this.queries.unitNames(scope),
      this.queries.rows(scope, month, undefined, undefined, MOST_PRINTED_ROWS + 1),
    ])
    if (rows.length > MOST_PRINTED_ROWS) {
      throw new Invalid(
        'dues.paper-too-long',
        `这个范围超过 ${MOST_PRINTED_ROWS} 人，请选择下级组织分别打印，或导出 Excel。`,
      )
    }
    const paper = ledgerPaper(unitNames, month, rows, this.clock.now())
    await this.audit.record('dues.ledger-exported', {
      actorId: actor.accountId,
      unitId: query.unitId ?? this.access.homeUnitId(actor, 'dues.export'),
      subjectId: month,
      data: { rows: rows.length, form: 'document', ...approvalOf(query) },
    })
    return { fileName: `${paper.title}.pdf`, content: printPaper(paper) }
  }
}
