import { IsIn, IsOptional, IsString, Length, Matches } from 'class-validator'
import { IsId } from '../platform/patterns.js'

export const UNIT_KINDS = ['committee', 'general-branch', 'branch', 'group'] as const
export type UnitKind = (typeof UNIT_KINDS)[number]

export class Unit {
  id: string
  parentId: string | null
  kind: UnitKind
  name: string
  phone: string | null
  memberCount: number
}

/** The units in the reader's scope, parents before children; at most 2000. */
export class UnitList {
  items: Unit[]
}

export class CreateUnit {
  @IsId()
  parentId: string

  @IsIn(UNIT_KINDS)
  kind: UnitKind

  @IsString()
  @Length(2, 60)
  @Matches(/\S\s*\S/)
  name: string

  @IsOptional()
  @Matches(/^[0-9-]{7,20}$/)
  phone?: string
}
