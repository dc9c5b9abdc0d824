import { Column, Entity, Index } from 'typeorm'
import { column, PrimaryKey } from '../database/columns.js'
import type { SessionEnding } from './session.rules.js'

/** One sign-in of one phone. */
@Entity('session')
@Index('session_account', ['accountId', 'endedAt'])
@Index('session_expiry', ['expiresAt'])
export class SessionRecord {
  @PrimaryKey(column.id())
  id: string

  @Column(column.id())
  accountId: string

  @Column(column.instant())
  startedAt: Date

  /** Moves with every refresh, up to the longest time a session may last. */
  @Column(column.instant())
  expiresAt: Date

  @Column(column.instant({ nullable: true }))
  endedAt: Date | null

  @Column(column.code(20, { nullable: true }))
  endedBecause: SessionEnding | null

  /** The last refresh; null before the first, and of sessions older than this column. */
  @Column(column.instant({ nullable: true }))
  lastUsedAt: Date | null

  @Column(column.text(60, { nullable: true }))
  deviceName: string | null
}
