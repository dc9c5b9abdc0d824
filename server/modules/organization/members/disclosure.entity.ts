import { Column, Entity, Index } from 'typeorm'
import { column, PrimaryKey } from '../../../platform/database/columns.js'

/** A record that somebody read a member's full numbers, and why. The member can see it. */
@Entity('disclosure')
@Index('disclosure_member', ['memberId', 'id'])
@Index('disclosure_reader', ['readerId', 'at'])
export class Disclosure {
  @PrimaryKey(column.id())
  id: string

  @Column(column.id())
  memberId: string

  @Column(column.id())
  readerId: string

  /** Name and post of the reader at that time, as shown to the member. */
  @Column(column.text(100))
  readerName: string

  @Column(column.text(100))
  reason: string

  @Column(column.instant())
  at: Date
}
