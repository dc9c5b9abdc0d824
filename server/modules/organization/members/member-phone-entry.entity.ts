import { Column, Entity, Index } from 'typeorm'
import { column, PrimaryKey } from '../../../platform/database/columns.js'

/** Who wrote which change of a member's telephone number, and who agreed to it. The number itself is with the member. */
@Entity('member_phone_entry')
@Index('member_phone_entry_member', ['memberId', 'enteredAt'])
export class MemberPhoneEntry {
  @PrimaryKey(column.id())
  id: string

  @Column(column.id())
  memberId: string

  /** The account that entered the number. */
  @Column(column.id())
  enteredBy: string

  /** The member that this account was; null for somebody who is not a member. */
  @Column(column.id({ nullable: true }))
  enteredByMemberId: string | null

  /** The second person; null when none was needed, and when an operator decided. */
  @Column(column.id({ nullable: true }))
  approvedBy: string | null

  @Column(column.instant())
  enteredAt: Date
}
