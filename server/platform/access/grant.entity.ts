import { Column, Entity, Index } from 'typeorm'
import { column, PrimaryKey } from '../database/columns.js'
import type { HolderKind } from './actor.js'
import type { Role } from './permissions.js'

/**
 * A membership or an office holds a role over a node and everything below it, until the grant ends. The account acts in
 * the role only while it is the account of that membership or office.
 */
@Entity('access_grant')
@Index('access_grant_account', ['accountId', 'revokedAt'])
@Index('access_grant_holder', ['holderId', 'revokedAt'])
@Index('access_grant_node', ['nodeId', 'revokedAt'])
@Index('access_grant_open', ['openKey'], { unique: true })
export class Grant {
  @PrimaryKey(column.id())
  id: string

  /** Who acts in the role now; empty while nobody has taken the office. */
  @Column(column.id())
  accountId: string

  @Column(column.code(30))
  role: Role

  @Column(column.id())
  nodeId: string

  @Column(column.code(10, { default: 'office' }))
  holderKind: HolderKind

  /** Id of the member or of the office. */
  @Column(column.id({ default: '' }))
  holderId: string

  /** The unit of the post that the role comes with: the role ends with it. Null when the role stands by itself. */
  @Column(column.id({ nullable: true }))
  postUnitId: string | null

  /** The title of that post. */
  @Column(column.text(30, { nullable: true }))
  postTitle: string | null

  /** Last day on which the role may be used; null when none was set. */
  @Column(column.day({ nullable: true }))
  lastOn: string | null

  /** Why it was granted, in the words of whoever asked for it. */
  @Column(column.text(200, { nullable: true }))
  reason: string | null

  /** The document on which it was granted, such as 云组发〔2026〕12号. */
  @Column(column.text(100, { nullable: true }))
  document: string | null

  /** Account that granted it; null when the operator did. */
  @Column(column.id({ nullable: true }))
  grantedBy: string | null

  @Column(column.instant())
  grantedAt: Date

  @Column(column.instant({ nullable: true }))
  revokedAt: Date | null

  /** Account that ended it; null when the operator did or when it ended by itself. */
  @Column(column.id({ nullable: true }))
  revokedBy: string | null

  /** What ended it. */
  @Column(column.code(20, { nullable: true }))
  endedBy: GrantEnding | null

  /** Why it was ended, in the words of whoever ended it. */
  @Column(column.text(200, { nullable: true }))
  endedReason: string | null

  /** Holder, role and node of a grant that has not ended; so nobody holds the same role twice. */
  @Column(column.code(120, { nullable: true }))
  openKey: string | null
}

/** What ended a grant: somebody's decision, its last day, or the end of what carried it. */
export type GrantEnding = 'decision' | 'term' | 'consent' | 'membership' | 'unit' | 'post'
