import { Column, Entity, Index } from 'typeorm'
import type { DuesClass } from '../../../contracts/organization/dues.js'
import type { Rounding } from '../../../contracts/organization/dues-policy.js'
import { column, PrimaryKey } from '../../../platform/database/columns.js'

/** 核定: from which month a member pays by which class and base, and why. History is kept: a new one ends the old. */
@Entity('dues_assessment')
@Index('dues_assessment_member', ['memberId', 'fromMonth'])
@Index('dues_assessment_open', ['openKey'], { unique: true })
export class AssessmentRecord {
  @PrimaryKey(column.id())
  id: string

  @Column(column.id())
  memberId: string

  @Column(column.month())
  fromMonth: string

  /** First month it no longer holds for; null while it is the current one. */
  @Column(column.month({ nullable: true }))
  untilMonth: string | null

  @Column(column.code(20))
  duesClass: DuesClass

  @Column(column.fen({ nullable: true }))
  baseFen: number | null

  @Column(column.int({ nullable: true }))
  rateBasisPoints: number | null

  @Column(column.code(4))
  rounding: Rounding

  @Column(column.fen())
  amountFen: number

  @Column(column.text(200))
  reason: string

  /** The account that assessed. */
  @Column(column.id({ nullable: true }))
  assessedBy: string | null

  @Column(column.instant())
  assessedAt: Date

  /** The member's id while this is the current assessment, null afterwards: a member has one at most. */
  @Column(column.id({ nullable: true }))
  openKey: string | null
}
