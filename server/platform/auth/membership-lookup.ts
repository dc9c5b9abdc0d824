import type { ActorMembership } from '../access/actor.js'

/** Finds the membership of an account. The module that owns memberships implements it. */
export abstract class MembershipLookup {
  /** The confirmed membership of an account, or null. */
  abstract membershipOf(accountId: string): Promise<ActorMembership | null>
  /** Ends the account's membership and its claims to one, when a person withdraws their consent. */
  abstract release(accountId: string): Promise<void>
}
