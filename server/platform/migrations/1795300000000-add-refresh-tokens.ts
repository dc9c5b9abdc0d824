import { TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm'
import { column } from '../database/columns.js'
import { addColumns, createTable } from '../database/schema.js'

/**
 * Sessions are renewed with refresh tokens and known by their device. Those that are open have no refresh token and
 * run out by themselves; their phones then sign in anew without a word.
 */
export class AddRefreshTokens1795300000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'session', {
      endedBecause: column.code(20, { nullable: true }),
      lastUsedAt: column.instant({ nullable: true }),
      deviceName: column.text(60, { nullable: true }),
    })
    await runner.createIndex(
      'session',
      new TableIndex({ name: 'session_expiry', columnNames: ['expiresAt'] }),
    )
    await createTable(runner, 'refresh_token', {
      columns: {
        hash: column.code(43),
        sessionId: column.id(),
        currentKey: column.id({ nullable: true }),
        issuedAt: column.instant(),
        spentAt: column.instant({ nullable: true }),
        successorHash: column.code(43, { nullable: true }),
      },
      indices: {
        refresh_token_issued: ['issuedAt'],
      },
      uniques: {
        refresh_token_current: ['currentKey'],
      },
    })
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('refresh_token')
    await runner.dropIndex('session', 'session_expiry')
    await runner.dropColumns('session', ['endedBecause', 'lastUsedAt', 'deviceName'])
  }
}
