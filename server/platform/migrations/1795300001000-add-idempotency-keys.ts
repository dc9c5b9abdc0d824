import type { MigrationInterface, QueryRunner } from 'typeorm'
import { column } from '../database/columns.js'
import { createTable } from '../database/schema.js'

/** Under which key a command was sent, and what it answered. */
export class AddIdempotencyKeys1795300001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'idempotency_key', {
      columns: {
        id: column.id(),
        accountId: column.id(),
        keyText: column.code(64),
        contentHash: column.code(64),
        state: column.code(10),
        attempt: column.int({ default: 1 }),
        heldUntil: column.instant(),
        status: column.int({ nullable: true }),
        answer: column.longText({ nullable: true }),
        openedAt: column.instant(),
        expiresAt: column.instant(),
      },
      indices: {
        idempotency_key_expiry: ['expiresAt'],
      },
      uniques: {
        idempotency_key_of_account: ['accountId', 'keyText'],
      },
    })
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('idempotency_key')
  }
}
