import { Column, Entity, Index } from 'typeorm'
import { column, PrimaryKey } from '../database/columns.js'

/** The merchant account into which a unit collects. Each collecting unit has its own: money is never pooled. */
@Entity('merchant_account')
@Index('merchant_account_node', ['nodeId'], { unique: true })
export class MerchantAccount {
  @PrimaryKey(column.id())
  id: string

  /** The collecting unit; those below it pay into its account. */
  @Column(column.id())
  nodeId: string

  /** `direct`: its own merchant number; `partner`: a sub-merchant below a service provider's. */
  @Column(column.code(10))
  mode: 'direct' | 'partner'

  @Column(column.code(32))
  mchid: string

  @Column(column.code(32, { nullable: true }))
  subMchid: string | null

  @Column(column.text(100))
  name: string
}
