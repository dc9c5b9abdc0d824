import type { NoData } from '../../../platform/audit/event-map.js'

declare module '../../../platform/audit/event-map.js' {
  interface EventMap {
    /** Subject: the binding. Several members have the telephone number, so the name is asked for. */
    'binding.name-asked': NoData
    'binding.claimed': NoData
    'binding.refused': NoData
    'binding.withdrawn': NoData
    'binding.confirmed': { memberId: string | null }
    'binding.rejected': { memberId: string | null }
    'binding.undone': { memberId: string | null }
  }
}
