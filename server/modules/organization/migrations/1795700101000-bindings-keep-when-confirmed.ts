import type { MigrationInterface, QueryRunner } from 'typeorm'
import { column } from '../../../platform/database/columns.js'
import { addColumns } from '../../../platform/database/schema.js'

/** A binding that was undone still says that it had been confirmed. What was undone before cannot be told apart any more. */
export class BindingsKeepWhenConfirmed1795700101000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'binding', { confirmedAt: column.instant({ nullable: true }) })
    await runner.query(
      `UPDATE binding SET confirmedAt = COALESCE(decidedAt, claimedAt) WHERE state = 'confirmed'`,
    )
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('binding', 'confirmedAt')
  }
}
