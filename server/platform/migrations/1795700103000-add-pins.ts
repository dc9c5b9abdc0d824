import type { MigrationInterface, QueryRunner } from 'typeorm'
import { column } from '../database/columns.js'
import { createTable } from '../database/schema.js'

/** PINs of those who hold roles. */
export class AddPins1795700103000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'account_pin', {
      columns: {
        accountId: column.id(),
        hash: column.code(200),
        setAt: column.instant(),
        tries: column.int({ default: 0 }),
        windowStartedAt: column.instant({ nullable: true }),
        lockedUntil: column.instant({ nullable: true }),
      },
    })
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('account_pin')
  }
}
