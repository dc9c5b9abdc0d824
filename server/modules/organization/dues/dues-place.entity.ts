import { Column, Entity, Index } from 'typeorm'
import { column } from '../../../platform/database/columns.js'
import { PeriodRecord } from '../../../platform/periods/period-record.js'

/**
 * Where a member's dues of whole months are paid: the unit they belong to, from the month after the last one that was
 * paid elsewhere (党费交至). Its days are firsts of months.
 */
@Entity('dues_place')
@Index('dues_place_member', ['memberId', 'fromOn'])
@Index('dues_place_open', ['openKey'], { unique: true })
export class DuesPlaceRecord extends PeriodRecord {
  @Column(column.id())
  memberId: string

  @Column(column.id())
  unitId: string
}
