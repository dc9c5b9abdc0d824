import type { NoData } from '../../../platform/audit/event-map.js'

declare module '../../../platform/audit/event-map.js' {
  interface EventMap {
    /** Subject: the member. */
    'member.added': { importId: string }
    /** `fields`: names of what changed, with commas between them. */
    'member.changed': { importId: string; fields?: string }
    'member.disclosed': NoData
    /** Subject: the alert, like the next. */
    'member.disclosures-many': { count: number }
    'member.disclosures-acknowledged': NoData
    /** The actor is whoever agreed, or who entered it when nobody had to agree. */
    'member.phone-changed': { enteredBy: string }
    'member.fact-recorded': { kind: string; value: string; fromOn: string }
    'member.fact-withdrawn': { kind: string; factId: string }
    /** Subject: the kind of fact whose column is not what the periods say. */
    'member.projection-differs': { count: number }
  }
}
