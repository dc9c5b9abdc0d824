import { TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm'
import { column } from '../../../platform/database/columns.js'
import { createTable } from '../../../platform/database/schema.js'

/** Unusually many readings of full numbers are looked at by the unit above. */
export class AddDisclosureAlerts1795700104000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'disclosure_alert', {
      columns: {
        id: column.id(),
        unitId: column.id(),
        readerId: column.id(),
        readerMemberId: column.id({ nullable: true }),
        readerName: column.text(100),
        hourKey: column.code(13),
        fromAt: column.instant(),
        lastAt: column.instant(),
        acknowledgedBy: column.id({ nullable: true }),
        acknowledgerName: column.text(100, { nullable: true }),
        acknowledgedAt: column.instant({ nullable: true }),
        remark: column.text(200, { nullable: true }),
      },
      indices: { disclosure_alert_open: ['acknowledgedAt', 'unitId'] },
      uniques: { disclosure_alert_once: ['readerId', 'hourKey'] },
    })
    await runner.createIndex(
      'disclosure',
      new TableIndex({ name: 'disclosure_reader', columnNames: ['readerId', 'at'] }),
    )
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('disclosure', 'disclosure_reader')
    await runner.dropTable('disclosure_alert')
  }
}
