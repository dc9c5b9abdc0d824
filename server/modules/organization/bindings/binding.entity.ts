import { Column, Entity, Index } from 'typeorm'
import type { BindingState } from '../../../contracts/organization/binding.js'
import { column, PrimaryKey } from '../../../platform/database/columns.js'
import { encryptedColumn } from '../../../platform/database/encrypted-column.js'

/**
 * The claim of an account to be a member, and the decision of the branch. `own` is a person's own membership;
 * `helper` is for acting for a member who consents. `accountKey` and `memberKey` are set while a claim is open or
 * confirmed and are unique, so an account has one own membership at most and a member one own account.
 */
@Entity('binding')
@Index('binding_account', ['accountId'])
@Index('binding_member', ['memberId'])
@Index('binding_account_key', ['accountKey'], { unique: true })
@Index('binding_member_key', ['memberKey'], { unique: true })
export class BindingRecord {
  @PrimaryKey(column.id())
  id: string

  @Column(column.code(10))
  kind: 'own' | 'helper'

  @Column(column.id())
  accountId: string

  /** Null until the person gives their name: several members share the number. */
  @Column(column.id({ nullable: true }))
  memberId: string | null

  @Column(column.code(12))
  state: BindingState

  /** The telephone number that WeChat verified. */
  @Column(encryptedColumn('binding.phone'))
  phone: string

  @Column(column.id({ nullable: true }))
  accountKey: string | null

  @Column(column.id({ nullable: true }))
  memberKey: string | null

  @Column(column.instant())
  claimedAt: Date

  /** When it was confirmed, also after it was undone; null when it never was. */
  @Column(column.instant({ nullable: true }))
  confirmedAt: Date | null

  /** The account that confirmed, rejected or undid it. */
  @Column(column.id({ nullable: true }))
  decidedBy: string | null

  @Column(column.instant({ nullable: true }))
  decidedAt: Date | null

  /** Why it was rejected or undone. */
  @Column(column.text(200, { nullable: true }))
  reason: string | null
}
