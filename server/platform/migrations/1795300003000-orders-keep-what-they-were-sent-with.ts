import { TableColumn, type MigrationInterface, type QueryRunner } from 'typeorm'
import { column } from '../database/columns.js'

/** An order repeated to WeChat must say what it said first, and what is paid knows its unit without being looked up. */
export class OrdersKeepWhatTheyWereSentWith1795300003000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn(
      'payment_order',
      new TableColumn({ ...plain(column.text(255)), name: 'notifyUrl', isNullable: true }),
    )
    await runner.addColumn(
      'payment_line',
      new TableColumn({ ...plain(column.id()), name: 'unitId', isNullable: true }),
    )
    await runner.query(
      'UPDATE payment_line SET unitId = (SELECT b.unitId FROM dues_bill b WHERE b.id = payment_line.subjectId)',
    )
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('payment_line', 'unitId')
    await runner.dropColumn('payment_order', 'notifyUrl')
  }
}

const plain = ({ type, length, charset, collation }: ReturnType<typeof column.id>) => ({
  type: String(type),
  ...(length ? { length: String(length) } : {}),
  ...(charset ? { charset } : {}),
  ...(collation ? { collation } : {}),
})
