import { Column, Entity, Index } from 'typeorm'
import { column, PrimaryKey } from '../database/columns.js'

/** A node in the tree of organizations. The module that owns units keeps everything else about a unit. */
@Entity('org_node')
@Index('org_node_path', ['path'], { unique: true })
export class OrgNode {
  @PrimaryKey(column.id())
  id: string

  @Column(column.id({ nullable: true }))
  parentId: string | null

  /** `/` and the ids from the root down to this node, each followed by `/`. So a subtree is a range of paths. */
  @Column(column.code(512))
  path: string
}
