import { Column, Entity, Index } from 'typeorm'
import { column, PrimaryKey } from '../database/columns.js'
import { encryptedDocument } from '../database/encrypted-column.js'

/**
 * running: the command is running, and none of its changes are committed.
 * committed: its changes are committed; its answer is not stored (yet).
 * answered: it has ended, and its answer is stored.
 */
export type IdempotencyState = 'running' | 'committed' | 'answered'

/** One command under the key that its client sent. */
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

  /** Fingerprint of method, address and content: the same key with other content is refused. */
  @Column(column.code(64))
  contentHash: string

  @Column(column.code(10))
  state: IdempotencyState

  /** Number of the attempt that holds the key. An attempt that lost the key to a newer one commits nothing. */
  @Column(column.int({ default: 1 }))
  attempt: number

  /** Until when the running attempt holds the key. After that its process counts as dead. */
  @Column(column.instant())
  heldUntil: Date

  /** HTTP status of the kept answer. */
  @Column(column.int({ nullable: true }))
  status: number | null

  /** The kept answer as JSON. Encrypted, because it may hold data that only this account may read. */
  @Column(encryptedDocument('idempotency.answer', { nullable: true }))
  answer: string | null

  @Column(column.instant())
  openedAt: Date

  @Column(column.instant())
  expiresAt: Date
}
