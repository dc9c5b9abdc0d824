import { Column, Entity, Index } from 'typeorm'
import type { ImportState, UnknownUnit } from '../../../contracts/organization/roster-import.js'
import { column, PrimaryKey } from '../../../platform/database/columns.js'

/** One uploaded roster and how far its import has come. */
@Entity('roster_import')
@Index('roster_import_unit', ['unitId', 'uploadedAt'])
export class RosterImportRecord {
  @PrimaryKey(column.id())
  id: string

  /** The unit whose officer imports; rows may belong anywhere below it. */
  @Column(column.id())
  unitId: string

  @Column(column.id())
  uploadedBy: string

  /** The account that executed it; null until then. */
  @Column(column.id({ nullable: true }))
  executedBy: string | null

  @Column(column.text(200))
  fileName: string

  @Column(column.text(100))
  sheetName: string

  @Column(column.json())
  columns: Array<{ letter: string; heading: string; field: string | null }>

  @Column(column.json())
  notes: string[]

  /**
   * Unit names that still need a match, with our proposals. Finding proposals is slow, so they are stored and made
   * again only when the names change.
   */
  @Column(column.json())
  unknownUnits: UnknownUnit[]

  @Column(column.code(12))
  state: ImportState

  @Column(column.month())
  assessmentMonth: string

  @Column(column.int({ default: 0 }))
  progressDone: number

  @Column(column.int({ default: 0 }))
  progressTotal: number

  @Column(column.instant())
  uploadedAt: Date

  @Column(column.instant({ nullable: true }))
  finishedAt: Date | null

  @Column(column.text(200, { nullable: true }))
  problem: string | null
}
