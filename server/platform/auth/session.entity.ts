import { Column, Entity, Index } from 'typeorm'
import { column, PrimaryKey } from '../database/columns.js'

/** One sign-in of one phone. */
@Entity('session')
@Index('session_account', ['accountId', 'endedAt'])
export class SessionRecord {
  @PrimaryKey(column.id())
  id: string

  @Column(column.id())
  accountId: string

  @Column(column.instant())
  startedAt: Date

  @Column(column.instant())
  expiresAt: Date

  @Column(column.instant({ nullable: true }))
  endedAt: Date | null
}
