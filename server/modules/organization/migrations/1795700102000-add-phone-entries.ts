import type { MigrationInterface, QueryRunner } from 'typeorm'
import { column } from '../../../platform/database/columns.js'
import { createTable } from '../../../platform/database/schema.js'

/** Who entered a member's telephone number, because this person may not confirm a claim through it. */
export class AddPhoneEntries1795700102000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'member_phone_entry', {
      columns: {
        id: column.id(),
        memberId: column.id(),
        enteredBy: column.id(),
        enteredByMemberId: column.id({ nullable: true }),
        approvedBy: column.id({ nullable: true }),
        enteredAt: column.instant(),
      },
      indices: { member_phone_entry_member: ['memberId', 'enteredAt'] },
    })
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('member_phone_entry')
  }
}
