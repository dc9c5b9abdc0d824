import { Column, Entity, Index } from 'typeorm'
import { column, PrimaryKey } from '../database/columns.js'
import type { Role } from './permissions.js'

/** An account may act in a role over a node and everything below it, until the grant is revoked. */
@Entity('access_grant')
@Index('access_grant_account', ['accountId', 'revokedAt'])
export class Grant {
  @PrimaryKey(column.id())
  id: string

  @Column(column.id())
  accountId: string

  @Column(column.code(30))
  role: Role

  @Column(column.id())
  nodeId: string

  /** Account that granted it; null for the first grant of an installation. */
  @Column(column.id({ nullable: true }))
  grantedBy: string | null

  @Column(column.instant())
  grantedAt: Date

  @Column(column.instant({ nullable: true }))
  revokedAt: Date | null
}
