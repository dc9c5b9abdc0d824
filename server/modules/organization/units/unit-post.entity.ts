import { Column, Entity, Index } from 'typeorm'
import { column } from '../../../platform/database/columns.js'
import { PeriodRecord } from '../../../platform/periods/period-record.js'

/** That a member holds a post in a unit, such as 书记, from a day until a day. One may hold several at once. */
@Entity('unit_post_period')
@Index('unit_post_period_unit', ['unitId', 'fromOn'])
@Index('unit_post_period_member', ['memberId', 'fromOn'])
@Index('unit_post_period_open', ['openKey'], { unique: true })
export class UnitPost extends PeriodRecord {
  @Column(column.id())
  unitId: string

  @Column(column.id())
  memberId: string

  /** 书记, 副书记, 组织委员 … as it is shown. */
  @Column(column.text(30))
  title: string

  /** Order in which posts are listed, 1 first. */
  @Column(column.int())
  listOrder: number
}
