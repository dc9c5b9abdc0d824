import { Column, Entity, Index } from 'typeorm'
import { column, PrimaryKey } from '../../../platform/database/columns.js'

/** One generation of a month's bills for a unit and the units below it, with its progress. */
@Entity('dues_generation')
@Index('dues_generation_unit', ['unitId', 'requestedAt'])
export class GenerationRecord {
  @PrimaryKey(column.id())
  id: string

  @Column(column.id())
  unitId: string

  @Column(column.month())
  month: string

  @Column(column.code(10))
  state: 'waiting' | 'running' | 'done' | 'failed'

  @Column(column.int({ default: 0 }))
  createdCount: number

  @Column(column.fen({ default: 0 }))
  createdFen: number

  @Column(column.int({ default: 0 }))
  missingAssessmentCount: number

  @Column(column.id())
  requestedBy: string

  @Column(column.instant())
  requestedAt: Date

  @Column(column.instant({ nullable: true }))
  finishedAt: Date | null

  @Column(column.text(200, { nullable: true }))
  problem: string | null
}
