import type { MigrationInterface, QueryRunner } from 'typeorm'
import { column } from '../../../platform/database/columns.js'
import { addColumns, createTable } from '../../../platform/database/schema.js'
import { withdrawnReasonColumn } from '../../../platform/periods/period-record.js'

const PERIODS = ['member_period', 'unit_post_period', 'dues_policy_period', 'dues_class_period', 'dues_place']

/** Why a period was taken back; up to which day those who depend on posts were told of beginnings and ends. */
export class PostsAreDecided1795700200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of PERIODS) await addColumns(runner, table, withdrawnReasonColumn)
    await createTable(runner, 'unit_post_day', {
      columns: { id: column.code(10), throughOn: column.day() },
    })
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('unit_post_day')
    for (const table of PERIODS) await runner.dropColumn(table, 'withdrawnReason')
  }
}
