import { Column, Entity, Index } from 'typeorm'
import { column, PrimaryKey } from '../../../platform/database/columns.js'

/** A post that a member holds in a unit, such as 书记, and since when. */
@Entity('unit_post')
@Index('unit_post_unit', ['unitId', 'endedOn'])
export class UnitPost {
  @PrimaryKey(column.id())
  id: string

  @Column(column.id())
  unitId: string

  @Column(column.id())
  memberId: string

  /** 书记, 副书记, 组织委员 … as it is shown. */
  @Column(column.text(30))
  title: string

  /** Order in which posts are listed, 1 first. */
  @Column(column.int())
  rank: number

  @Column(column.day())
  startedOn: string

  @Column(column.day({ nullable: true }))
  endedOn: string | null
}
