import { Type } from 'class-transformer'
import { IsIn, IsObject, IsOptional, IsString, Length, Matches, ValidateNested } from 'class-validator'
import { PageQuery } from '../platform/paging.js'
import { IsDay, IsId } from '../platform/patterns.js'

export const PARTY_ROLES = ['secretary', 'dues-officer', 'administrator', 'superior'] as const
export type PartyRole = (typeof PARTY_ROLES)[number]

/** A named office of the unit, for somebody who holds the role without being a member there. */
export class RoleOffice {
  /** Such as 党费管理岗. */
  @IsString()
  @Length(2, 20)
  @Matches(/\S\s*\S/)
  title: string

  @IsString()
  @Length(2, 40)
  @Matches(/\S\s*\S/)
  personName: string

  /** By which the person is recognized when they sign in; WeChat verifies it. */
  @Matches(/^1[3-9]\d{9}$/)
  phone: string
}

/** A post that a member holds today. */
export class RolePost {
  @IsId()
  unitId: string

  @IsString()
  @Length(1, 30)
  title: string
}

/** Asks for a role; a second person decides. It is held by a member or by an office, not by both. */
export class AskForRole {
  @IsIn(PARTY_ROLES)
  role: PartyRole

  /** The role covers this unit and everything below it. */
  @IsId()
  unitId: string

  @IsOptional()
  @IsId()
  memberId?: string

  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => RoleOffice)
  office?: RoleOffice

  /** The post of the member with which the role comes and ends. */
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => RolePost)
  post?: RolePost

  /** Last day, `YYYY-MM-DD`; without it the role ends when somebody ends it or when what carries it ends. */
  @IsOptional()
  @IsDay()
  lastOn?: string

  @IsString()
  @Length(2, 100)
  @Matches(/\S\s*\S/)
  document: string

  @IsString()
  @Length(2, 200)
  @Matches(/\S\s*\S/)
  reason: string
}

export class EndRole {
  @IsString()
  @Length(2, 200)
  @Matches(/\S\s*\S/)
  reason: string
}

export class ListRoles extends PageQuery {
  /** Roles over this unit and below; without it, all that the reader may see. */
  @IsOptional()
  @IsId()
  unitId?: string

  /** `held` without it. */
  @IsOptional()
  @IsIn(['held', 'ended'])
  state?: 'held' | 'ended'
}

export class RoleCan {
  end: boolean
}

/** That somebody holds a role, or held it. */
export class HeldRole {
  id: string
  role: PartyRole
  roleName: string
  unitId: string
  unitName: string
  /** The member who holds it; null when an office does. */
  memberId: string | null
  /** Name with post, or with the unit and title of the office. */
  holderName: string
  /** False while the person of an office has not signed in yet. */
  inUse: boolean
  /** ISO 8601, UTC. */
  grantedAt: string
  /** Who granted it; null when the operator did. */
  grantedBy: string | null
  reason: string | null
  document: string | null
  /** Title of the post with which it comes; null when it stands by itself. */
  postTitle: string | null
  /** `YYYY-MM-DD` */
  lastOn: string | null
  endedAt: string | null
  /** What ended it, in words; null while it is held. */
  endedBecause: string | null
  can: RoleCan
}

export class RolePage {
  items: HeldRole[]
  next: string | null
}

/** Roles that the reader holds or has held, newest first. */
export class OwnRoles {
  items: HeldRole[]
}
