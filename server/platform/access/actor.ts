import type { Role } from './permissions.js'

export interface ActorGrant {
  role: Role
  nodeId: string
  /** Path of the node: the grant covers every path that starts with it. */
  path: string
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
