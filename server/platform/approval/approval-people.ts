import type { Actor } from '../access/actor.js'

/** Who asks, decides or objects: an actor, or an account for which a job works. */
export type Person = Pick<Actor, 'accountId' | 'membership'>

/** What requests need to know of people. The module that owns memberships implements it. */
export abstract class ApprovalPeople {
  /** Name and post, as others see them. */
  abstract nameOf(person: Person): Promise<string>
  /**
   * The members that this account is or lately was: requests about them are shown to it, and it may object. Somebody
   * whose membership was ended by mistake or on purpose still learns what happens next.
   */
  abstract membersOf(person: Person): Promise<string[]>
}
