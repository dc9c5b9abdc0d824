import type { LedgerMonth, LedgerRow } from '../../../contracts/organization/ledger.js'
import type { LedgerLine, MonthTotals } from './ledger.queries.js'

export const presentLedgerRow = ({ sortRank: _, ...line }: LedgerLine): LedgerRow => ({
  ...line,
  paidAt: line.paidAt?.toISOString() ?? null,
  needsVisit: line.needsVisit === 1,
})

export const presentLedgerMonth = ({ month, ...totals }: MonthTotals): LedgerMonth => ({ month, totals })
