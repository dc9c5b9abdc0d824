import type { Role } from './permissions.js'

/** What can hold a role: a membership, or a named office of a unit, such as a clerk who is no member there. */
export type HolderKind = 'member' | 'office'

export interface Holder {
  kind: HolderKind
  /** Id of the member or of the office. */
  id: string
}

export interface ActorGrant {
  role: Role
  nodeId: string
  /** Path of the node: the grant covers every path that starts with it. */
  path: string
  /** The office that holds the role; null when the actor's membership holds it. */
  officeId: string | null
}

/** A membership that was confirmed for this account. */
export interface ActorMembership {
  memberId: string
  unitId: string
}

/** The account that acts, an explicit argument of every command. Plain data, made from the session. */
export interface Actor {
  accountId: string
  sessionId: string
  openid: string
  membership: ActorMembership | null
  grants: ActorGrant[]
}
