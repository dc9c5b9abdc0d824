import { IsIn, IsOptional, IsString, Length, Matches } from 'class-validator'
import { PageQuery } from '../platform/paging.js'

export type BindingState = 'name-needed' | 'pending' | 'confirmed' | 'rejected' | 'undone' | 'refused'

/** The states by which the branch lists its claims. */
export const LISTED_BINDING_STATES = ['pending', 'confirmed', 'rejected', 'refused'] as const
export type ListedBindingState = (typeof LISTED_BINDING_STATES)[number]

export class ClaimBinding {
  /** The one-time code of a `getPhoneNumber` button; the number itself never comes from the phone. */
  @IsString()
  @Length(1, 128)
  phoneCode: string
}

/** Two members share the number: the person says which one they are. */
export class NameBinding {
  @IsString()
  @Length(1, 60)
  name: string
}

export class DecideBinding {
  /** Why, in the secretary's words; shown to the person. */
  @IsString()
  @Length(2, 200)
  @Matches(/\S\s*\S/)
  reason: string
}

export class ListBindings extends PageQuery {
  @IsOptional()
  @IsIn(LISTED_BINDING_STATES)
  state?: ListedBindingState
}

export class BindingCan {
  confirm: boolean
  reject: boolean
  undo: boolean
  /** Ask the wider unit in which the member holds a role to undo it. */
  askToUndo: boolean
}

/** A claim as the branch sees it. */
export class Binding {
  id: string
  state: BindingState
  memberId: string
  memberName: string
  unitName: string
  /** The telephone number that WeChat verified, masked. */
  phone: string
  /** ISO 8601, UTC. */
  claimedAt: string
  decidedAt: string | null
  reason: string | null
  can: BindingCan
}

export class BindingPage {
  items: Binding[]
  next: string | null
}

/** A binding of this account that is not confirmed yet, or was rejected or ended. */
export class OwnBinding {
  id: string
  state: 'name-needed' | 'pending' | 'rejected' | 'undone'
  /** The branch that decides; null while the name is still asked. */
  unitName: string | null
  /** ISO 8601, UTC. */
  claimedAt: string
  /** Why it was rejected or undone, in the secretary's words; null where the person ended it. */
  reason: string | null
  /** Who ended it: the branch, or the person by taking back the claim or the consent; null while it stands. */
  endedBy: 'branch' | 'withdrawal' | 'consent-withdrawal' | null
}

/** What a verified telephone number led to. */
export class ClaimAnswer {
  /** The claim to be a member; null when the number is of an office only. */
  binding: OwnBinding | null
  /** Titles of offices that the person has taken with the number. */
  offices: string[]
}
