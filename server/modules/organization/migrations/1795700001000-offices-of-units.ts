import type { MigrationInterface, QueryRunner } from 'typeorm'
import { column } from '../../../platform/database/columns.js'
import { sql } from '../../../platform/database/dialect.js'
import { createTable } from '../../../platform/database/schema.js'

/** The membership that an account has; each account has one at most. */
const MEMBER_OF = `(SELECT b.memberId FROM binding b
  WHERE b.accountKey = access_grant.accountId AND b.kind = 'own' AND b.state = 'confirmed')`
const OPEN = 'revokedAt IS NULL'

/**
 * Roles that were granted to accounts get their holders: the member whom the account is bound to, or an office with
 * the id of the account, whose person the unit has yet to name.
 */
export class OfficesOfUnits1795700001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'office', {
      columns: {
        id: column.id(),
        unitId: column.id(),
        title: column.text(20),
        personName: column.text(40),
        phone: column.code(512, { nullable: true }),
        phoneIndex: column.code(43, { nullable: true }),
        accountId: column.id({ nullable: true }),
        document: column.text(100, { nullable: true }),
        openedBy: column.id({ nullable: true }),
        openedAt: column.instant(),
        takenAt: column.instant({ nullable: true }),
        closedAt: column.instant({ nullable: true }),
      },
      indices: {
        office_unit: ['unitId', 'closedAt'],
        office_account: ['accountId', 'closedAt'],
        office_phone: ['phoneIndex'],
      },
    })
    await this.memberships(runner)
    await this.offices(runner)
    await this.keys(runner)
  }

  private async memberships(runner: QueryRunner): Promise<void> {
    await runner.query(
      `UPDATE access_grant SET holderKind = 'member', holderId = ${MEMBER_OF} WHERE ${MEMBER_OF} IS NOT NULL`,
    )
  }

  private async offices(runner: QueryRunner): Promise<void> {
    await runner.query(
      `INSERT INTO office (id, unitId, title, personName, phone, phoneIndex, accountId, document, openedBy, openedAt,
              takenAt, closedAt)
       SELECT accountId, MIN(nodeId), '工作人员', '姓名未登记', NULL, NULL, accountId, NULL, NULL, MIN(grantedAt),
              MIN(grantedAt), NULL
       FROM access_grant WHERE holderId = '' AND ${OPEN} GROUP BY accountId`,
    )
    await runner.query(`UPDATE access_grant SET holderId = accountId WHERE holderId = ''`)
  }

  /** The same role over the same unit may have been granted twice: the first one stands. */
  private async keys(runner: QueryRunner): Promise<void> {
    const first = `SELECT MIN(id) FROM access_grant WHERE ${OPEN} GROUP BY holderId, role, nodeId`
    await runner.query(
      `UPDATE access_grant SET openKey = ${sql.concat('holderId', `'/'`, 'role', `'/'`, 'nodeId')}
       WHERE id IN (SELECT id FROM (${first.replace('MIN(id)', 'MIN(id) AS id')}) firsts)`,
    )
    await runner.query(
      `UPDATE access_grant SET revokedAt = ?, endedBy = 'decision', endedReason = '重复的授权'
       WHERE ${OPEN} AND openKey IS NULL`,
      [new Date()],
    )
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('office')
  }
}
