import { Column, Entity, Index } from 'typeorm'
import { column, PrimaryKey } from '../database/columns.js'
import { encryptedDocument } from '../database/encrypted-column.js'

/**
 * running    somebody is at it, and nothing of it is committed
 * committed  what it does is done; what it answers is not known (yet)
 * answered   done, and the answer is kept
 */
export type IdempotencyState = 'running' | 'committed' | 'answered'

/** One command under the key that its sender gave it. */
@Entity('idempotency_key')
@Index('idempotency_key_of_account', ['accountId', 'key'], { unique: true })
@Index('idempotency_key_expiry', ['expiresAt'])
export class IdempotencyKey {
  @PrimaryKey(column.id())
  id: string

  @Column(column.id())
  accountId: string

  @Column({ name: 'keyText', ...column.code(64) })
  key: string

  /** Fingerprint of method, address and content: the same key with another is refused. */
  @Column(column.code(64))
  contentHash: string

  @Column(column.code(10))
  state: IdempotencyState

  /** Which attempt holds it: one that was taken over by another commits nothing. */
  @Column(column.int({ default: 1 }))
  attempt: number

  /** Until when the attempt that runs is left alone; afterwards its process is taken for dead. */
  @Column(column.instant())
  heldUntil: Date

  /** HTTP status of the kept answer. */
  @Column(column.int({ nullable: true }))
  status: number | null

  /** The kept answer as JSON. It may hold what one person alone may read, for as long as this row exists. */
  @Column(encryptedDocument('idempotency.answer', { nullable: true }))
  answer: string | null

  @Column(column.instant())
  openedAt: Date

  @Column(column.instant())
  expiresAt: Date
}
