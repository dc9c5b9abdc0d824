import type { NoData } from '../audit/event-map.js'

declare module '../audit/event-map.js' {
  interface EventMap {
    /** Subject: the account, like those that follow. */
    'pin.set': NoData
    'pin.cleared': NoData
    /** Too many wrong tries. */
    'pin.locked': NoData
  }
}
