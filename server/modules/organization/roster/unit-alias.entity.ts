import { Column, Entity, Index } from 'typeorm'
import { column, PrimaryKey } from '../../../platform/database/columns.js'

/** Another name by which files call a unit, learned when an officer matched it. */
@Entity('unit_alias')
@Index('unit_alias_name', ['rootId', 'name'], { unique: true })
export class UnitAlias {
  @PrimaryKey(column.id())
  id: string

  /** The unit whose officers use this name; another county may mean something else by it. */
  @Column(column.id())
  rootId: string

  @Column(column.text(100))
  name: string

  @Column(column.id())
  unitId: string
}
