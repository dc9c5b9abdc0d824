import { Column, Entity, Index } from 'typeorm'
import type { ImportRowKind } from '../../../contracts/organization/roster-import.js'
import { column, PrimaryKey } from '../../../platform/database/columns.js'
import { encryptedDocument } from '../../../platform/database/encrypted-column.js'

/** A row of an uploaded roster. Everything personal in it is in the encrypted document. */
@Entity('roster_import_row')
@Index('roster_import_row_kind', ['importId', 'kind', 'rowNumber'])
@Index('roster_import_row_count', ['importId', 'kind', 'ticked'])
@Index('roster_import_row_member', ['importId', 'memberId'])
@Index('roster_import_row_unit', ['importId', 'unitId'])
@Index('roster_import_row_number', ['importId', 'rowNumber'], { unique: true })
export class RosterImportRow {
  @PrimaryKey(column.id())
  id: string

  @Column(column.id())
  importId: string

  @Column(column.int())
  rowNumber: number

  @Column(column.code(12))
  kind: ImportRowKind

  /**
   * The unit as the file calls it. Empty for a refused row: if its columns have shifted, the cell may hold anything.
   */
  @Column(column.text(100))
  unitName: string

  @Column(column.id({ nullable: true }))
  unitId: string | null

  /** The member it is about, once there is one. */
  @Column(column.id({ nullable: true }))
  memberId: string | null

  /** For a changed row: whether the change is to be written. */
  @Column(column.flag())
  ticked: boolean

  @Column(column.instant({ nullable: true }))
  writtenAt: Date | null

  /** JSON of `ImportRowDocument`. */
  @Column(encryptedDocument('roster-import-row.document'))
  document: string
}
