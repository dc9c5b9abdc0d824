import { mayInRole, type Permission, type Role } from './permissions.js'

export interface ActorGrant {
  role: Role
  nodeId: string
  /** Path of the node: the grant covers every path that starts with it. */
  path: string
}

/** A membership that the branch has confirmed for this account. */
export interface ActorMembership {
  memberId: string
  unitId: string
}

/** Whoever acts, as an explicit argument of every command. Plain data, made from the session. */
export interface Actor {
  accountId: string
  sessionId: string
  openid: string
  membership: ActorMembership | null
  grants: ActorGrant[]
}

/** Whether the actor may do this anywhere at all: what the door of a route asks. */
export function maySomewhere(actor: Actor, permission: Permission): boolean {
  return (
    mayInRole('account', permission) ||
    (actor.membership !== null && mayInRole('member', permission)) ||
    actor.grants.some((grant) => mayInRole(grant.role, permission))
  )
}
