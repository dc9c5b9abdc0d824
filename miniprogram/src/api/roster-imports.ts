import type {
  AbsentMemberPage,
  ExecuteImport,
  ImportRowKind,
  ImportRowPage,
  MatchUnits,
  RosterImport,
  RosterImportList,
  TickRows,
} from '../../../server/contracts/organization/roster-import.js'
import { call } from './client'
import { openFile, upload } from './files'

export const uploadRoster = (filePath: string, unitId?: string) =>
  upload<RosterImport>('/roster-imports', filePath, unitId ? { unitId } : {})
export const listImports = () => call<RosterImportList>('GET', '/roster-imports')
export const readImport = (id: string) => call<RosterImport>('GET', `/roster-imports/${id}`)
export const listImportRows = (id: string, kind: ImportRowKind, cursor?: string) =>
  call<ImportRowPage>('GET', `/roster-imports/${id}/rows`, { query: { kind, cursor } })
export const matchUnits = (id: string, body: MatchUnits) =>
  call<RosterImport>('PUT', `/roster-imports/${id}/unit-matches`, { body })
export const tickRows = (id: string, body: TickRows) =>
  call<RosterImport>('PUT', `/roster-imports/${id}/ticks`, { body })
export const executeImport = (id: string, body: ExecuteImport) =>
  call<RosterImport>('POST', `/roster-imports/${id}/execution`, { body })
export const cancelImport = (id: string) => call<RosterImport>('DELETE', `/roster-imports/${id}`)
export const openRefusedRows = (id: string) => openFile(`/roster-imports/${id}/refused-rows`, 'xlsx')
export const listAbsences = (id: string, cursor?: string) =>
  call<AbsentMemberPage>('GET', `/roster-imports/${id}/absences`, { query: { cursor } })
export const answerAbsence = (id: string, memberId: string) =>
  call<RosterImport>('POST', `/roster-imports/${id}/absences/${memberId}/answer`)
