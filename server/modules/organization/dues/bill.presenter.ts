import type { Bill } from '../../../contracts/organization/dues.js'
import type { BillRow } from './bills.queries.js'
import { CLASS_RULES, explain } from './dues.rules.js'

/** A bill as its owner sees it. */
export const presentBill = (row: BillRow, payee: string | null): Bill => ({
  id: row.id,
  month: row.month,
  amountFen: row.amountFen,
  state: row.state,
  unitName: row.unitName,
  explanation: {
    duesClass: row.duesClass,
    baseFen: row.baseFen,
    rateBasisPoints: row.rateBasisPoints,
    sentence: explain(row),
    article: CLASS_RULES[row.duesClass].article,
  },
  payee,
  paidAt: row.paidAt?.toISOString() ?? null,
  pendingTradeNo: row.pendingTradeNo,
  can: { pay: row.state === 'unpaid' },
})
