import { Column, Entity, Index } from 'typeorm'
import { column, PrimaryKey } from '../database/columns.js'

/** Long work that survives a restart. When the holder of the lease dies, another process takes the job. */
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

  /** The unit that asked for it. Jobs of one kind of a unit run in their order, one at a time. */
  @Column(column.id({ default: '' }))
  tenantId: string

  /** Kind and tenant while a process runs it, else null. Unique, so one job of a tenant runs at a time. */
  @Column(column.code(90, { nullable: true }))
  runningKey: string | null

  /** How often a process has taken it. */
  @Column(column.int({ default: 0 }))
  attempts: number

  /** How many of these attempts handed it back without failing. */
  @Column(column.int({ default: 0 }))
  handedBack: number

  /** Milliseconds for which it ran before it was handed back. */
  @Column(column.int({ default: 0 }))
  ranMs: number

  /** When it may be taken. While a process runs it, this is the end of the lease. */
  @Column(column.instant())
  runAfter: Date

  @Column(column.instant())
  createdAt: Date

  @Column(column.instant({ nullable: true }))
  finishedAt: Date | null
}
