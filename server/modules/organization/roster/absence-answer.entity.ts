import { Column, Entity, Index } from 'typeorm'
import { column, PrimaryKey } from '../../../platform/database/columns.js'

/** That a member whom a roster does not name belongs to the unit all the same. Then the import does not ask again. */
@Entity('roster_absence_answer')
@Index('roster_absence_answer_of', ['importId', 'memberId'], { unique: true })
export class AbsenceAnswer {
  @PrimaryKey(column.id())
  id: string

  @Column(column.id())
  importId: string

  @Column(column.id())
  memberId: string

  @Column(column.id())
  answeredBy: string

  @Column(column.text(100))
  answeredByName: string

  @Column(column.instant())
  answeredAt: Date
}
