import { Column, Entity, Index } from 'typeorm'
import { column, PrimaryKey } from '../database/columns.js'

/** A person's consent to a version of the privacy statement, and when the person withdrew it. */
@Entity('consent')
@Index('consent_account', ['accountId'])
export class Consent {
  @PrimaryKey(column.id())
  id: string

  @Column(column.id())
  accountId: string

  @Column(column.int())
  privacyVersion: number

  @Column(column.instant())
  agreedAt: Date

  @Column(column.instant({ nullable: true }))
  withdrawnAt: Date | null
}
