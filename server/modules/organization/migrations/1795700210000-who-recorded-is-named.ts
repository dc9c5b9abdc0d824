import type { MigrationInterface, QueryRunner } from 'typeorm'
import { addColumns } from '../../../platform/database/schema.js'
import { recordedByNameColumn } from '../../../platform/periods/period-record.js'

const PERIODS = ['member_period', 'unit_post_period', 'dues_policy_period', 'dues_class_period', 'dues_place']

/** A dated fact says by name who recorded it, with the post or office of that time. */
export class WhoRecordedIsNamed1795700210000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of PERIODS) await addColumns(runner, table, recordedByNameColumn)
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of PERIODS) await runner.dropColumn(table, 'recordedByName')
  }
}
