import type { MigrationInterface, QueryRunner } from 'typeorm'
import { TableIndex } from 'typeorm'
import { column } from '../../../platform/database/columns.js'
import { createTable } from '../../../platform/database/schema.js'

/** A roster is read by a job: its bytes wait in the database, and its rows are counted while they come. */
export class AddRosterReading1795300002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'roster_upload_chunk', {
      columns: {
        id: column.id(),
        importId: column.id(),
        position: column.int(),
        size: column.int(),
        content: column.longText(),
      },
      uniques: {
        roster_upload_chunk_position: ['importId', 'position'],
      },
    })
    // The counts of an import are read with every look at it: from this index alone, whatever the rows weigh.
    await runner.createIndex(
      'roster_import_row',
      new TableIndex({ name: 'roster_import_row_count', columnNames: ['importId', 'kind', 'ticked'] }),
    )
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('roster_import_row', 'roster_import_row_count')
    await runner.dropTable('roster_upload_chunk')
  }
}
