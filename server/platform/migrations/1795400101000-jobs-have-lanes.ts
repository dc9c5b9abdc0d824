import { TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm'
import { column } from '../database/columns.js'
import { addColumns } from '../database/schema.js'

/**
 * Jobs know who asked for them and how long they have run. Those that wait already are of one tenant, and are done in
 * their order as before. Work at calendar times knows up to when it is done.
 */
export class JobsHaveLanes1795400101000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'job', {
      tenantId: column.id({ default: '' }),
      runningKey: column.code(90, { nullable: true }),
      handedBack: column.int({ default: 0 }),
      ranMs: column.int({ default: 0 }),
    })
    await runner.createIndex(
      'job',
      new TableIndex({ name: 'job_running', columnNames: ['runningKey'], isUnique: true }),
    )
    await addColumns(runner, 'clock_lock', { doneUntil: column.instant({ nullable: true }) })
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('clock_lock', 'doneUntil')
    await runner.dropIndex('job', 'job_running')
    await runner.dropColumns('job', ['tenantId', 'runningKey', 'handedBack', 'ranMs'])
  }
}
