import { TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm'
import { column } from '../database/columns.js'
import { addColumns } from '../database/schema.js'

const INDICES = { access_grant_holder: 'holderId', access_grant_node: 'nodeId' }

/**
 * A role is held by a membership or an office. Who holds those that were granted to an account is filled in by
 * `OfficesOfUnits1795700001000`, because members and offices belong to the module of the organization.
 */
export class RolesHaveHolders1795700000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'access_grant', {
      holderKind: column.code(10, { default: 'office' }),
      holderId: column.id({ default: '' }),
      postUnitId: column.id({ nullable: true }),
      postTitle: column.text(30, { nullable: true }),
      lastOn: column.day({ nullable: true }),
      reason: column.text(200, { nullable: true }),
      document: column.text(100, { nullable: true }),
      revokedBy: column.id({ nullable: true }),
      endedBy: column.code(20, { nullable: true }),
      endedReason: column.text(200, { nullable: true }),
      openKey: column.code(120, { nullable: true }),
    })
    for (const [name, first] of Object.entries(INDICES)) {
      await runner.createIndex('access_grant', new TableIndex({ name, columnNames: [first, 'revokedAt'] }))
    }
    await runner.createIndex(
      'access_grant',
      new TableIndex({ name: 'access_grant_open', columnNames: ['openKey'], isUnique: true }),
    )
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of ['access_grant_open', ...Object.keys(INDICES)])
      await runner.dropIndex('access_grant', name)
    await runner.dropColumns('access_grant', [
      'holderKind',
      'holderId',
      'postUnitId',
      'postTitle',
      'lastOn',
      'reason',
      'document',
      'revokedBy',
      'endedBy',
      'endedReason',
      'openKey',
    ])
  }
}
