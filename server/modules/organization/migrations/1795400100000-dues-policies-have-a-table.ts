import type { MigrationInterface, QueryRunner } from 'typeorm'
import { column } from '../../../platform/database/columns.js'
import { addColumns, createTable } from '../../../platform/database/schema.js'

/** What farmers pay and how amounts are rounded belongs to dues; the unit itself knows nothing of it. */
export class DuesPoliciesHaveATable1795400100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'dues_policy', {
      columns: { unitId: column.id(), farmerFen: column.fen(), rounding: column.code(4) },
    })
    await runner.query(
      'INSERT INTO dues_policy (unitId, farmerFen, rounding) SELECT id, farmerFen, rounding FROM unit',
    )
    await runner.dropColumn('unit', 'farmerFen')
    await runner.dropColumn('unit', 'rounding')
  }

  async down(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'unit', {
      farmerFen: column.fen({ default: 20 }),
      rounding: column.code(4, { default: 'fen' }),
    })
    await runner.query(
      `UPDATE unit SET farmerFen = (SELECT p.farmerFen FROM dues_policy p WHERE p.unitId = unit.id),
                       rounding = (SELECT p.rounding FROM dues_policy p WHERE p.unitId = unit.id)`,
    )
    await runner.dropTable('dues_policy')
  }
}
