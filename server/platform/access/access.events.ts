import type { HolderKind } from './actor.js'
import type { GrantEnding } from './grant.entity.js'

declare module '../audit/event-map.js' {
  interface EventMap {
    /** Subject: the grant; in rows of the first version the account. `holder`: what holds the role. */
    'access.granted': { role: string; holder?: HolderKind }
    /** Subject: the grant. */
    'access.ended': { role: string; endedBy: GrantEnding }
  }
}

export {}
