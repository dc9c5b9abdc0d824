import { Column, Entity, Index } from 'typeorm'
import type { UnitKind } from '../../../contracts/organization/unit.js'
import { column, PrimaryKey } from '../../../platform/database/columns.js'

/** A Party unit. Its id is the id of its node in the tree. */
@Entity('unit')
@Index('unit_name', ['name'])
export class UnitRecord {
  @PrimaryKey(column.id())
  id: string

  @Column(column.code(20))
  kind: UnitKind

  @Column(column.text(100))
  name: string

  /** Telephone of the branch, for members who need help. */
  @Column(column.code(20, { nullable: true }))
  phone: string | null

  @Column(column.instant())
  createdAt: Date
}
