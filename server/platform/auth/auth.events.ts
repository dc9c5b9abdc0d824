import type { NoData } from '../audit/event-map.js'
import type { TokenState } from './refresh.rules.js'

declare module '../audit/event-map.js' {
  interface EventMap {
    /** Subject: the session. */
    'account.signed-in': NoData
    /** Subject: the session, ended on its own device. */
    'account.signed-out': NoData
    /** Subject: the session that was ended. */
    'account.token-reused': { token: TokenState }
    /** Subject: the session, or the account when all others were ended. */
    'account.devices-signed-out': { count: number }
    /** Subject: the account. */
    'account.consent-withdrawn': NoData
  }
}
