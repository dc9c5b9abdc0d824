import type { MigrationInterface, QueryRunner } from 'typeorm'
import { column } from '../../../platform/database/columns.js'
import { createTable } from '../../../platform/database/schema.js'

/** Units, members, bindings, roster imports, dues. */
export class AddOrganization1795200001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'unit', {
      columns: {
        id: column.id(),
        kind: column.code(20),
        name: column.text(100),
        phone: column.code(20, { nullable: true }),
        farmerFen: column.fen(),
        rounding: column.code(4),
        createdAt: column.instant(),
      },
      indices: {
        unit_name: ['name'],
      },
    })
    await createTable(runner, 'unit_alias', {
      columns: {
        id: column.id(),
        rootId: column.id(),
        name: column.text(100),
        unitId: column.id(),
      },
      uniques: {
        unit_alias_name: ['rootId', 'name'],
      },
    })
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
      indices: {
        unit_post_unit: ['unitId', 'endedOn'],
      },
    })
    await createTable(runner, 'member', {
      columns: {
        id: column.id(),
        unitId: column.id(),
        name: column.text(100),
        sex: column.code(6),
        idNumber: column.code(512),
        idNumberIndex: column.code(43),
        phone: column.code(512, { nullable: true }),
        phoneIndex: column.code(43, { nullable: true }),
        address: column.code(2048, { nullable: true }),
        nationality: column.code(2),
        birthDate: column.day(),
        education: column.code(3),
        category: column.code(12),
        joinedOn: column.day(),
        regularizedOn: column.day({ nullable: true }),
        post: column.text(100, { nullable: true }),
        standing: column.code(20),
        lostContact: column.flag(),
        floating: column.flag(),
        duesClass: column.code(20),
        createdAt: column.instant(),
        updatedAt: column.instant(),
      },
      indices: {
        member_unit_name: ['unitId', 'name'],
        member_phone: ['phoneIndex'],
      },
      uniques: {
        member_id_number: ['idNumberIndex'],
      },
    })
    await createTable(runner, 'disclosure', {
      columns: {
        id: column.id(),
        memberId: column.id(),
        readerId: column.id(),
        readerName: column.text(100),
        reason: column.text(100),
        at: column.instant(),
      },
      indices: {
        disclosure_member: ['memberId', 'id'],
      },
    })
    await createTable(runner, 'binding', {
      columns: {
        id: column.id(),
        kind: column.code(10),
        accountId: column.id(),
        memberId: column.id({ nullable: true }),
        state: column.code(12),
        phone: column.code(512),
        accountKey: column.id({ nullable: true }),
        memberKey: column.id({ nullable: true }),
        claimedAt: column.instant(),
        decidedBy: column.id({ nullable: true }),
        decidedAt: column.instant({ nullable: true }),
        reason: column.text(200, { nullable: true }),
      },
      indices: {
        binding_account: ['accountId'],
        binding_member: ['memberId'],
      },
      uniques: {
        binding_account_key: ['accountKey'],
        binding_member_key: ['memberKey'],
      },
    })
    await createTable(runner, 'roster_import', {
      columns: {
        id: column.id(),
        unitId: column.id(),
        uploadedBy: column.id(),
        executedBy: column.id({ nullable: true }),
        fileName: column.text(200),
        sheetName: column.text(100),
        columns: column.json(),
        notes: column.json(),
        unknownUnits: column.json(),
        state: column.code(12),
        assessmentMonth: column.month(),
        progressDone: column.int({ default: 0 }),
        progressTotal: column.int({ default: 0 }),
        uploadedAt: column.instant(),
        finishedAt: column.instant({ nullable: true }),
        problem: column.text(200, { nullable: true }),
      },
      indices: {
        roster_import_unit: ['unitId', 'uploadedAt'],
      },
    })
    await createTable(runner, 'roster_import_row', {
      columns: {
        id: column.id(),
        importId: column.id(),
        rowNumber: column.int(),
        kind: column.code(12),
        unitName: column.text(100),
        unitId: column.id({ nullable: true }),
        memberId: column.id({ nullable: true }),
        ticked: column.flag(),
        writtenAt: column.instant({ nullable: true }),
        document: column.longText(),
      },
      indices: {
        roster_import_row_kind: ['importId', 'kind', 'rowNumber'],
      },
      uniques: {
        roster_import_row_number: ['importId', 'rowNumber'],
      },
    })
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
      indices: {
        dues_assessment_member: ['memberId', 'fromMonth'],
      },
      uniques: {
        dues_assessment_open: ['openKey'],
      },
    })
    await createTable(runner, 'dues_bill', {
      columns: {
        id: column.code(32),
        memberId: column.id(),
        unitId: column.id(),
        month: column.month(),
        duesClass: column.code(20),
        baseFen: column.fen({ nullable: true }),
        rateBasisPoints: column.int({ nullable: true }),
        rounding: column.code(4),
        amountFen: column.fen(),
        state: column.code(10),
        createdAt: column.instant(),
        paidAt: column.instant({ nullable: true }),
        tradeNo: column.code(32, { nullable: true }),
      },
      indices: {
        dues_bill_unit_month: ['unitId', 'month', 'state'],
      },
    })
    await createTable(runner, 'dues_generation', {
      columns: {
        id: column.id(),
        unitId: column.id(),
        month: column.month(),
        state: column.code(10),
        createdCount: column.int({ default: 0 }),
        createdFen: column.fen({ default: 0 }),
        missingAssessmentCount: column.int({ default: 0 }),
        requestedBy: column.id(),
        requestedAt: column.instant(),
        finishedAt: column.instant({ nullable: true }),
        problem: column.text(200, { nullable: true }),
      },
      indices: {
        dues_generation_unit: ['unitId', 'requestedAt'],
      },
    })
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('dues_generation')
    await runner.dropTable('dues_bill')
    await runner.dropTable('dues_assessment')
    await runner.dropTable('roster_import_row')
    await runner.dropTable('roster_import')
    await runner.dropTable('binding')
    await runner.dropTable('disclosure')
    await runner.dropTable('member')
    await runner.dropTable('unit_post')
    await runner.dropTable('unit_alias')
    await runner.dropTable('unit')
  }
}
