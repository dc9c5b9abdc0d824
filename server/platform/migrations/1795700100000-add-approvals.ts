import type { MigrationInterface, QueryRunner } from 'typeorm'
import { column } from '../database/columns.js'
import { createTable } from '../database/schema.js'

/** Requests that a second person decides. */
export class AddApprovals1795700100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'approval_request', {
      columns: {
        id: column.id(),
        kind: column.code(30),
        unitId: column.id(),
        subjectId: column.code(60),
        aboutMemberId: column.id({ nullable: true }),
        aboutAccountId: column.id({ nullable: true }),
        groupId: column.id(),
        content: column.longText(),
        requestedBy: column.id(),
        requesterMemberId: column.id({ nullable: true }),
        requesterName: column.text(100),
        requestedAt: column.instant(),
        lapsesAt: column.instant(),
        state: column.code(10),
        decidedBy: column.id({ nullable: true }),
        deciderName: column.text(100, { nullable: true }),
        decidedAt: column.instant({ nullable: true }),
        opinion: column.text(200, { nullable: true }),
        document: column.text(200, { nullable: true }),
        openKey: column.code(100, { nullable: true }),
      },
      indices: {
        approval_request_group: ['groupId', 'state'],
        approval_request_waiting: ['state', 'kind', 'groupId'],
        approval_request_about: ['aboutMemberId', 'id'],
        approval_request_by: ['requestedBy', 'id'],
      },
      uniques: { approval_request_open: ['openKey'] },
    })
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('approval_request')
  }
}
