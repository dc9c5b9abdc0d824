import { TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm'
import { column } from '../../../platform/database/columns.js'
import { createTable } from '../../../platform/database/schema.js'

const MEMBER = 'roster_import_row_member'
const UNIT = 'roster_import_row_unit'

/** Whom a roster does not name is found by its rows, and what was answered about them is kept. */
export class RostersAskAboutTheAbsent1795700220000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'roster_absence_answer', {
      columns: {
        id: column.id(),
        importId: column.id(),
        memberId: column.id(),
        answeredBy: column.id(),
        answeredByName: column.text(100),
        answeredAt: column.instant(),
      },
      uniques: { roster_absence_answer_of: ['importId', 'memberId'] },
    })
    for (const [name, last] of [
      [MEMBER, 'memberId'],
      [UNIT, 'unitId'],
    ] as const) {
      await runner.createIndex('roster_import_row', new TableIndex({ name, columnNames: ['importId', last] }))
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('roster_import_row', UNIT)
    await runner.dropIndex('roster_import_row', MEMBER)
    await runner.dropTable('roster_absence_answer')
  }
}
