import type { ActorMembership } from '../access/actor.js'

/** Who an account is, beyond an account; the module that owns memberships provides it. */
export abstract class MembershipLookup {
  /** The confirmed membership of an account, or null. */
  abstract membershipOf(accountId: string): Promise<ActorMembership | null>
  /** Ends the membership and every claim to one, when a person withdraws their consent. */
  abstract release(accountId: string): Promise<void>
}
