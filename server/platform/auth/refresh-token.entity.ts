import { Column, Entity, Index } from 'typeorm'
import { column, PrimaryKey } from '../database/columns.js'

/** One refresh token that was issued. The database stores only its hash. */
@Entity('refresh_token')
@Index('refresh_token_current', ['currentKey'], { unique: true })
@Index('refresh_token_issued', ['issuedAt'])
export class RefreshToken {
  /** SHA-256 of the token, base64url: 256 random bits need neither salt nor a slow hash. */
  @PrimaryKey(column.code(43))
  hash: string

  @Column(column.id())
  sessionId: string

  /** The session's id while this is its current token, else null. Unique, so a session has one current token. */
  @Column(column.id({ nullable: true }))
  currentKey: string | null

  @Column(column.instant())
  issuedAt: Date

  /** When it was first exchanged; null for the current token and for one that was replaced before it was used. */
  @Column(column.instant({ nullable: true }))
  spentAt: Date | null

  /** Hash of the newest token that was issued in exchange for this one. */
  @Column(column.code(43, { nullable: true }))
  successorHash: string | null
}
