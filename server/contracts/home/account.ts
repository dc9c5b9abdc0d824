import { IsIn } from 'class-validator'

export type TextSize = 'standard' | 'large' | 'elder'

export class OwnMembership {
  memberId: string
  name: string
  unitId: string
  unitName: string
  category: 'formal' | 'probationary'
}

/** A binding of this account that is not confirmed yet, or was turned down. */
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

/** What the 管理 tab may offer; the phone knows no roles. */
export class AccountCan {
  manage: boolean
  decideBindings: boolean
  readMembers: boolean
  readLedger: boolean
  generateDues: boolean
  importRoster: boolean
  payDues: boolean
}

export class Account {
  id: string
  textSize: TextSize
  membership: OwnMembership | null
  binding: OwnBinding | null
  can: AccountCan
}

export class ChoosePreferences {
  @IsIn(['standard', 'large', 'elder'])
  textSize: TextSize
}
