import type { NoData } from '../../../platform/audit/event-map.js'

declare module '../../../platform/audit/event-map.js' {
  interface EventMap {
    /** Subject: the unit. */
    'unit.founded': NoData
  }
}
