import type {
  LedgerFilter as Filter,
  LedgerMonthList,
  LedgerPage,
} from '../../../server/contracts/organization/ledger.js'
import { call } from './client'
import { openFile } from './files'

export interface LedgerFilter {
  month?: string
  unitId?: string
  state?: Filter
}

export const readLedger = (filter: LedgerFilter, cursor?: string, limit?: number) =>
  call<LedgerPage>('GET', '/dues-ledger', { query: { ...filter, cursor, limit } })
export const listLedgerMonths = () => call<LedgerMonthList>('GET', '/dues-ledger/months')
export const openLedgerWorkbook = ({ month, unitId }: LedgerFilter) =>
  openFile('/dues-ledger/workbook', 'xlsx', { month, unitId })
export const openLedgerDocument = ({ month, unitId }: LedgerFilter) =>
  openFile('/dues-ledger/document', 'pdf', { month, unitId })
