import { Column, Entity } from 'typeorm'
import { column, PrimaryKey } from '../database/columns.js'

/** The PIN of an account, and how often a wrong one was given lately; all processes count here. */
@Entity('account_pin')
export class AccountPin {
  @PrimaryKey(column.id())
  accountId: string

  /** Argon2id of the PIN, which was keyed before: the table alone does not give away six digits. */
  @Column(column.code(200))
  hash: string

  @Column(column.instant())
  setAt: Date

  /** Tries since `windowStartedAt`, the one that is being checked included. */
  @Column(column.int({ default: 0 }))
  tries: number

  @Column(column.instant({ nullable: true }))
  windowStartedAt: Date | null

  @Column(column.instant({ nullable: true }))
  lockedUntil: Date | null
}
