import type { NoData } from '../audit/event-map.js'

declare module '../audit/event-map.js' {
  interface EventMap {
    /** Subject: the account, like those that follow. */
    'pin.set': NoData
    /** `document`: what the operator did it on; null when another administrator did. */
    'pin.cleared': { document: string | null }
    /** Too many wrong tries. */
    'pin.locked': NoData
  }
}
