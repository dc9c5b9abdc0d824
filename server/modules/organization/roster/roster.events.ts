import type { NoData } from '../../../platform/audit/event-map.js'

declare module '../../../platform/audit/event-map.js' {
  interface EventMap {
    /** Subject: the import, like all that follow. */
    'roster.uploaded': { bytes: number }
    'roster.read': { rows: number }
    'roster.unreadable': { code: string }
    'roster.units-matched': { names: number }
    'roster.execution-requested': { rows: number; assessmentMonth: string }
    'roster.imported': { created: number; changed: number; refused: number }
    'roster.import-failed': NoData
    'roster.absence-answered': { memberId: string }
    'roster.cancelled': NoData
    'roster.rows-deleted': { rows: number }
    'roster.refused-rows-downloaded': { rows: number }
  }
}
