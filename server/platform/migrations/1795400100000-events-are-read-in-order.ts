import { TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm'
import { column } from '../database/columns.js'
import { addColumns, createTable } from '../database/schema.js'

/** Events are numbered in the order of their commits, and each listener remembers how far it has read. */
export class EventsAreReadInOrder1795400100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'event', { sequence: column.int({ nullable: true }) })
    await runner.createIndex(
      'event',
      new TableIndex({ name: 'event_in_stream', columnNames: ['name', 'sequence'], isUnique: true }),
    )
    await createTable(runner, 'event_stream', {
      columns: {
        name: column.code(60),
        lastSequence: column.int({ default: 0 }),
      },
    })
    await createTable(runner, 'event_listener', {
      columns: {
        name: column.code(120),
        position: column.int({ default: 0 }),
        leaseId: column.id({ nullable: true }),
        heldUntil: column.instant(),
        caughtUpAt: column.instant({ nullable: true }),
      },
    })
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('event_listener')
    await runner.dropTable('event_stream')
    await runner.dropIndex('event', 'event_in_stream')
    await runner.dropColumn('event', 'sequence')
  }
}
