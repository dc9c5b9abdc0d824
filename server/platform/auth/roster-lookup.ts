import type { ActorMembership } from '../access/actor.js'

/** What signing in has to know of the roster; the module that owns members provides it. */
export abstract class RosterLookup {
  /** The confirmed membership of an account, or null. */
  abstract membershipOf(accountId: string): Promise<ActorMembership | null>
  /** Ends what ties the account to the roster, when a person withdraws their consent. */
  abstract release(accountId: string): Promise<void>
}
