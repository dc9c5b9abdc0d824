import { Column, Entity, Index } from 'typeorm'
import { column, PrimaryKey } from '../database/columns.js'

/** Long work that survives a restart. The lease passes to another process when its holder dies. */
@Entity('job')
@Index('job_waiting', ['finishedAt', 'runAfter'])
export class Job {
  @PrimaryKey(column.id())
  id: string

  @Column(column.code(60))
  kind: string

  /** The row the work is about, where its progress is kept. */
  @Column(column.code(40))
  subjectId: string

  @Column(column.int({ default: 0 }))
  attempts: number

  /** Also the end of the lease of a process that is at work on it. */
  @Column(column.instant())
  runAfter: Date

  @Column(column.instant())
  createdAt: Date

  @Column(column.instant({ nullable: true }))
  finishedAt: Date | null
}
