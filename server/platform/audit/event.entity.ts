import { Column, Entity, Index } from 'typeorm'
import { column, PrimaryKey } from '../database/columns.js'

/**
 * One event, for auditors and for listeners. The table is append-only and holds ids and numbers, never personal
 * values.
 */
@Entity('event')
@Index('event_subject', ['subjectId', 'id'])
@Index('event_unit', ['unitId', 'id'])
@Index('event_in_stream', ['name', 'sequence'], { unique: true })
export class EventRecord {
  @PrimaryKey(column.id())
  id: string

  /** Past tense, such as `payment.paid`. */
  @Column(column.code(60))
  name: string

  /** The account that acted; null when the scheduler or WeChat did. */
  @Column(column.id({ nullable: true }))
  actorId: string | null

  /** The unit concerned; null when there is none. */
  @Column(column.id({ nullable: true }))
  unitId: string | null

  /** The thing it happened to. */
  @Column(column.code(40))
  subjectId: string

  @Column(column.json())
  data: Record<string, string | number | boolean | null>

  @Column(column.instant())
  at: Date

  /** Its number among the events of its name, in the order of commits. Null until a listener needs it. */
  @Column(column.int({ nullable: true }))
  sequence: number | null
}
