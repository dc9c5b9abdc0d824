import type {
  AskForExport,
  ReadyExport,
  ReadyExportList,
} from '../../../server/contracts/organization/dues-export.js'
import type {
  LedgerFilter as Filter,
  LedgerMonthList,
  LedgerPage,
} from '../../../server/contracts/organization/ledger.js'
import type { Approval } from '../../../server/contracts/platform/approval.js'
import { pinHeader } from './approvals'
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

/** Asks for a file of more people than one person may take alone. */
export const askForExport = (body: AskForExport, pin: string) =>
  call<Approval>('POST', '/dues-exports', { body, header: pinHeader(pin) })
export const listReadyExports = () => call<ReadyExportList>('GET', '/dues-exports')
/** Takes a file that a second person has agreed to. */
export const openApprovedExport = ({ approvalId, month, unitId, form }: ReadyExport, pin: string) =>
  openFile(
    `/dues-ledger/${form}`,
    form === 'workbook' ? 'xlsx' : 'pdf',
    { month, unitId: unitId ?? undefined, approvalId },
    pinHeader(pin),
  )
