import { IsIn } from 'class-validator'
import { OwnBinding } from '../organization/binding.js'
import type { MemberCategory } from '../organization/member-fact.js'
import { TEXT_SIZES, type TextSize } from '../platform/preferences.js'
import { Tile } from './menu.js'

export class OwnMembership {
  memberId: string
  name: string
  unitId: string
  unitName: string
  category: MemberCategory
}

export class Account {
  id: string
  textSize: TextSize
  membership: OwnMembership | null
  binding: OwnBinding | null
  /** What 管理 offers this person; empty for those who manage nothing. */
  menu: Tile[]
}

export class ChoosePreferences {
  @IsIn(TEXT_SIZES)
  textSize: TextSize
}
