import type { NoData } from '../../../platform/audit/event-map.js'

declare module '../../../platform/audit/event-map.js' {
  interface EventMap {
    /** Subject: the member. */
    'member.added': { importId: string }
    /** `fields`: names of the changed fields, separated by commas. */
    'member.changed': { importId: string; fields?: string }
    'member.disclosed': NoData
  }
}
