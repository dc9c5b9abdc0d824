import type { MigrationInterface, QueryRunner } from 'typeorm'
import { column } from '../../../platform/database/columns.js'
import { sql } from '../../../platform/database/dialect.js'
import { addColumns, createTable } from '../../../platform/database/schema.js'
import { periodColumns } from '../../../platform/periods/period-record.js'

/** Common columns of rows that are copied from a table without periods. */
const COPIED = 'document, reason, origin, recordedBy, recordedAt, withdrawnAt, withdrawnBy, openKey'

/**
 * What held is kept with its days. Tables whose rows had a beginning already are copied here; the facts of members are
 * worked out afterwards by the job `members.date-facts`, some thousand members at a time.
 */
export class FactsHaveDates1795600000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.members(runner)
    await this.posts(runner)
    await this.dues(runner)
    await this.bills(runner)
  }

  private async members(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'member_period', {
      columns: periodColumns({
        memberId: column.id(),
        kind: column.code(10),
        value: column.code(26),
        duesPaidThrough: column.month({ nullable: true }),
      }),
      indices: {
        member_period_subject: ['memberId', 'kind', 'fromOn'],
        member_period_from: ['fromOn'],
        member_period_until: ['untilOn'],
      },
      uniques: { member_period_open: ['openKey'] },
    })
    await addColumns(runner, 'member', {
      rights: column.code(10, { default: 'full' }),
      art23: column.code(10, { default: 'none' }),
    })
    await createTable(runner, 'fact_dating', {
      columns: {
        id: column.code(10),
        lastMemberId: column.id(),
        finishedAt: column.instant({ nullable: true }),
      },
    })
    // Without members there is nothing to work out.
    await runner.query(
      `INSERT INTO fact_dating (id, lastMemberId, finishedAt)
       SELECT 'members', '', NULL FROM (SELECT COUNT(*) AS count FROM member) m WHERE m.count > 0`,
    )
  }

  private async posts(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'unit_post_period', {
      columns: periodColumns({
        unitId: column.id(),
        memberId: column.id(),
        title: column.text(30),
        listOrder: column.int(),
      }),
      indices: {
        unit_post_period_unit: ['unitId', 'fromOn'],
        unit_post_period_member: ['memberId', 'fromOn'],
      },
      uniques: { unit_post_period_open: ['openKey'] },
    })
    const key = sql.concat('unitId', `'/'`, 'memberId', `'/'`, 'title')
    await runner.query(
      `INSERT INTO unit_post_period (id, unitId, memberId, title, listOrder, fromOn, untilOn, ${COPIED})
       SELECT id, unitId, memberId, title, \`rank\`, startedOn, endedOn, NULL, NULL, 'migration', NULL, ?, NULL, NULL,
              CASE WHEN endedOn IS NULL THEN ${key} END FROM unit_post`,
      [new Date()],
    )
    await runner.dropTable('unit_post')
  }

  private async dues(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'dues_policy_period', {
      columns: periodColumns({
        unitId: column.id(),
        farmerFen: column.fen(),
        rounding: column.code(4),
      }),
      indices: { dues_policy_period_unit: ['unitId', 'fromOn'] },
      uniques: { dues_policy_period_open: ['openKey'] },
    })
    await runner.query(
      `INSERT INTO dues_policy_period (id, unitId, farmerFen, rounding, fromOn, untilOn, ${COPIED})
       SELECT unitId, unitId, farmerFen, rounding, '2000-01-01', NULL, NULL, NULL, 'migration', NULL, ?, NULL, NULL,
              unitId FROM dues_policy`,
      [new Date()],
    )
    await runner.dropTable('dues_policy')
    await createTable(runner, 'dues_class_period', {
      columns: periodColumns({
        memberId: column.id(),
        duesClass: column.code(20),
        baseFen: column.fen({ nullable: true }),
        rateBasisPoints: column.int({ nullable: true }),
        rounding: column.code(4, { nullable: true }),
        amountFen: column.fen({ nullable: true }),
      }),
      indices: { dues_class_period_member: ['memberId', 'fromOn'] },
      uniques: { dues_class_period_open: ['openKey'] },
    })
    // An assessment that a later entry had cut to nothing held on no day: it is a withdrawn one.
    const wasCut = '(untilMonth IS NOT NULL AND untilMonth <= fromMonth)'
    const hasBase = 'baseFen IS NOT NULL'
    await runner.query(
      `INSERT INTO dues_class_period (id, memberId, duesClass, baseFen, rateBasisPoints, rounding, amountFen, fromOn,
              untilOn, ${COPIED})
       SELECT id, memberId, duesClass, baseFen, rateBasisPoints, CASE WHEN ${hasBase} THEN rounding END,
              CASE WHEN ${hasBase} THEN amountFen END, ${sql.concat('fromMonth', `'-01'`)},
              CASE WHEN untilMonth IS NULL OR ${wasCut} THEN NULL ELSE ${sql.concat('untilMonth', `'-01'`)} END,
              NULL, reason, 'recorded', assessedBy, assessedAt, CASE WHEN ${wasCut} THEN assessedAt END, NULL,
              CASE WHEN untilMonth IS NULL THEN memberId END
       FROM dues_assessment`,
    )
    await runner.dropTable('dues_assessment')
    await createTable(runner, 'dues_place', {
      columns: periodColumns({ memberId: column.id(), unitId: column.id() }),
      indices: { dues_place_member: ['memberId', 'fromOn'] },
      uniques: { dues_place_open: ['openKey'] },
    })
  }

  private async bills(runner: QueryRunner): Promise<void> {
    const content = {
      memberId: column.id(),
      unitId: column.id(),
      month: column.month(),
    }
    await createTable(runner, 'dues_bill_withdrawn', {
      columns: {
        id: column.id(),
        billId: column.code(32),
        ...content,
        duesClass: column.code(20),
        baseFen: column.fen({ nullable: true }),
        rateBasisPoints: column.int({ nullable: true }),
        rounding: column.code(4),
        amountFen: column.fen(),
        createdAt: column.instant(),
        replacedByFen: column.fen({ nullable: true }),
        cause: column.code(20),
        reason: column.text(200, { nullable: true }),
        withdrawnAt: column.instant(),
      },
      indices: { dues_bill_withdrawn_member: ['memberId', 'month'] },
    })
    await createTable(runner, 'dues_bill_correction', {
      columns: {
        billId: column.code(32),
        ...content,
        billedFen: column.fen(),
        owedFen: column.fen(),
        cause: column.code(20),
        reason: column.text(200, { nullable: true }),
        noticedAt: column.instant(),
      },
      indices: { dues_bill_correction_unit: ['unitId', 'month'] },
    })
  }

  /** Puts back what holds today; what held on other days is lost. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('dues_bill_correction')
    await runner.dropTable('dues_bill_withdrawn')
    await runner.dropTable('dues_place')
    await createTable(runner, 'dues_assessment', {
      columns: {
        id: column.id(),
        memberId: column.id(),
        fromMonth: column.month(),
        untilMonth: column.month({ nullable: true }),
        duesClass: column.code(20),
        baseFen: column.fen({ nullable: true }),
        rateBasisPoints: column.int({ nullable: true }),
        rounding: column.code(4),
        amountFen: column.fen(),
        reason: column.text(200),
        assessedBy: column.id({ nullable: true }),
        assessedAt: column.instant(),
        openKey: column.id({ nullable: true }),
      },
      indices: { dues_assessment_member: ['memberId', 'fromMonth'] },
      uniques: { dues_assessment_open: ['openKey'] },
    })
    await runner.query(
      `INSERT INTO dues_assessment (id, memberId, fromMonth, untilMonth, duesClass, baseFen, rateBasisPoints, rounding,
              amountFen, reason, assessedBy, assessedAt, openKey)
       SELECT id, memberId, SUBSTR(fromOn, 1, 7), SUBSTR(untilOn, 1, 7), duesClass, baseFen, rateBasisPoints, rounding,
              amountFen, COALESCE(reason, ''), recordedBy, recordedAt, openKey
       FROM dues_class_period WHERE withdrawnAt IS NULL AND amountFen IS NOT NULL`,
    )
    await runner.dropTable('dues_class_period')
    await createTable(runner, 'dues_policy', {
      columns: { unitId: column.id(), farmerFen: column.fen(), rounding: column.code(4) },
    })
    await runner.query(
      `INSERT INTO dues_policy (unitId, farmerFen, rounding)
       SELECT unitId, farmerFen, rounding FROM dues_policy_period WHERE openKey IS NOT NULL`,
    )
    await runner.dropTable('dues_policy_period')
    await createTable(runner, 'unit_post', {
      columns: {
        id: column.id(),
        unitId: column.id(),
        memberId: column.id(),
        title: column.text(30),
        rank: column.int(),
        startedOn: column.day(),
        endedOn: column.day({ nullable: true }),
      },
      indices: { unit_post_unit: ['unitId', 'endedOn'] },
    })
    await runner.query(
      `INSERT INTO unit_post (id, unitId, memberId, title, \`rank\`, startedOn, endedOn)
       SELECT id, unitId, memberId, title, listOrder, fromOn, untilOn FROM unit_post_period WHERE withdrawnAt IS NULL`,
    )
    await runner.dropTable('unit_post_period')
    await runner.dropTable('fact_dating')
    await runner.dropColumn('member', 'rights')
    await runner.dropColumn('member', 'art23')
    await runner.dropTable('member_period')
  }
}
