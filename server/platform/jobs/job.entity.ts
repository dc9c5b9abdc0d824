import { Column, Entity, Index } from 'typeorm'
import { column, PrimaryKey } from '../database/columns.js'

/** Long work that survives a restart. The lease passes to another process when its holder dies. */
@Entity('job')
@Index('job_waiting', ['finishedAt', 'runAfter'])
@Index('job_running', ['runningKey'], { unique: true })
export class Job {
  @PrimaryKey(column.id())
  id: string

  @Column(column.code(60))
  kind: string

  /** The row the work is about, where its progress is kept. */
  @Column(column.code(40))
  subjectId: string

  /** The unit that asked for it. Its jobs of one kind are done in their order, one at a time. */
  @Column(column.id({ default: '' }))
  tenantId: string

  /** Kind and tenant while a process works on it, else null: unique, so that there is one at a time. */
  @Column(column.code(90, { nullable: true }))
  runningKey: string | null

  /** How often a process has taken it. */
  @Column(column.int({ default: 0 }))
  attempts: number

  /** How many of these attempts handed it back without having failed. */
  @Column(column.int({ default: 0 }))
  handedBack: number

  /** Milliseconds for which it ran before it was handed back. */
  @Column(column.int({ default: 0 }))
  ranMs: number

  /** Also the end of the lease of a process that is at work on it. */
  @Column(column.instant())
  runAfter: Date

  @Column(column.instant())
  createdAt: Date

  @Column(column.instant({ nullable: true }))
  finishedAt: Date | null
}
