import { Column, Entity, Index } from 'typeorm'
import type { TextSize } from '../../contracts/platform/preferences.js'
import { column, PrimaryKey } from '../database/columns.js'

/** A WeChat user of this mini-program. Memberships and roles are kept in other tables. */
@Entity('account')
@Index('account_openid', ['openid'], { unique: true })
export class AccountRecord {
  @PrimaryKey(column.id())
  id: string

  @Column(column.code(64))
  openid: string

  @Column(column.code(64, { nullable: true }))
  unionid: string | null

  @Column(column.code(10, { default: 'standard' }))
  textSize: TextSize

  @Column(column.instant())
  createdAt: Date
}
