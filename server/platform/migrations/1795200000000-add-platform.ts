import type { MigrationInterface, QueryRunner } from 'typeorm'
import { column } from '../database/columns.js'
import { createTable } from '../database/schema.js'

/** Events, jobs, the tree and grants, accounts, payments. */
export class AddPlatform1795200000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'key_check', {
      columns: {
        id: column.code(10),
        value: column.code(512),
      },
    })
    await createTable(runner, 'event', {
      columns: {
        id: column.id(),
        name: column.code(60),
        actorId: column.id({ nullable: true }),
        unitId: column.id({ nullable: true }),
        subjectId: column.code(40),
        data: column.json(),
        at: column.instant(),
      },
      indices: {
        event_subject: ['subjectId', 'id'],
        event_unit: ['unitId', 'id'],
      },
    })
    await createTable(runner, 'event_delivery', {
      columns: {
        id: column.id(),
        eventId: column.id(),
        listener: column.code(120),
        attempts: column.int({ default: 0 }),
        nextAttemptAt: column.instant(),
        doneAt: column.instant({ nullable: true }),
      },
      indices: {
        event_delivery_waiting: ['doneAt', 'nextAttemptAt'],
      },
    })
    await createTable(runner, 'job', {
      columns: {
        id: column.id(),
        kind: column.code(60),
        subjectId: column.code(40),
        attempts: column.int({ default: 0 }),
        runAfter: column.instant(),
        createdAt: column.instant(),
        finishedAt: column.instant({ nullable: true }),
      },
      indices: {
        job_waiting: ['finishedAt', 'runAfter'],
      },
    })
    await createTable(runner, 'clock_lock', {
      columns: {
        name: column.code(60),
        heldUntil: column.instant(),
      },
    })
    await createTable(runner, 'org_node', {
      columns: {
        id: column.id(),
        parentId: column.id({ nullable: true }),
        path: column.code(512),
      },
      uniques: {
        org_node_path: ['path'],
      },
    })
    await createTable(runner, 'access_grant', {
      columns: {
        id: column.id(),
        accountId: column.id(),
        role: column.code(30),
        nodeId: column.id(),
        grantedBy: column.id({ nullable: true }),
        grantedAt: column.instant(),
        revokedAt: column.instant({ nullable: true }),
      },
      indices: {
        access_grant_account: ['accountId', 'revokedAt'],
      },
    })
    await createTable(runner, 'account', {
      columns: {
        id: column.id(),
        openid: column.code(64),
        unionid: column.code(64, { nullable: true }),
        textSize: column.code(10, { default: 'standard' }),
        createdAt: column.instant(),
      },
      uniques: {
        account_openid: ['openid'],
      },
    })
    await createTable(runner, 'consent', {
      columns: {
        id: column.id(),
        accountId: column.id(),
        privacyVersion: column.int(),
        agreedAt: column.instant(),
        withdrawnAt: column.instant({ nullable: true }),
      },
      indices: {
        consent_account: ['accountId'],
      },
    })
    await createTable(runner, 'session', {
      columns: {
        id: column.id(),
        accountId: column.id(),
        startedAt: column.instant(),
        expiresAt: column.instant(),
        endedAt: column.instant({ nullable: true }),
      },
      indices: {
        session_account: ['accountId', 'endedAt'],
      },
    })
    await createTable(runner, 'merchant_account', {
      columns: {
        id: column.id(),
        nodeId: column.id(),
        mode: column.code(10),
        mchid: column.code(32),
        subMchid: column.code(32, { nullable: true }),
        name: column.text(100),
      },
      uniques: {
        merchant_account_node: ['nodeId'],
      },
    })
    await createTable(runner, 'payment_order', {
      columns: {
        id: column.id(),
        tradeNo: column.code(32),
        subject: column.code(20),
        merchantAccountId: column.id(),
        accountId: column.id(),
        payerOpenid: column.code(64),
        amountFen: column.fen(),
        description: column.text(127),
        state: column.code(10),
        idempotencyKey: column.code(64),
        contentHash: column.code(64),
        prepayId: column.code(64, { nullable: true }),
        transactionId: column.code(64, { nullable: true }),
        createdAt: column.instant(),
        expiresAt: column.instant(),
        nextAskAt: column.instant(),
        asks: column.int({ default: 0 }),
        paidAt: column.instant({ nullable: true }),
        closedAt: column.instant({ nullable: true }),
      },
      indices: {
        payment_order_pending: ['state', 'nextAskAt'],
      },
      uniques: {
        payment_order_trade_no: ['tradeNo'],
        payment_order_idempotency: ['accountId', 'idempotencyKey'],
        payment_order_transaction: ['transactionId'],
      },
    })
    await createTable(runner, 'payment_line', {
      columns: {
        id: column.id(),
        orderId: column.id(),
        subjectId: column.code(40),
        amountFen: column.fen(),
        openKey: column.code(64, { nullable: true }),
      },
      indices: {
        payment_line_order: ['orderId'],
        payment_line_subject: ['subjectId'],
      },
      uniques: {
        payment_line_open: ['openKey'],
      },
    })
    await createTable(runner, 'payment_discrepancy', {
      columns: {
        id: column.id(),
        tradeNo: column.code(32),
        kind: column.code(30),
        evidence: column.json(),
        noticedAt: column.instant(),
        closedAt: column.instant({ nullable: true }),
      },
      uniques: {
        payment_discrepancy_once: ['tradeNo', 'kind'],
      },
    })
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('payment_discrepancy')
    await runner.dropTable('payment_line')
    await runner.dropTable('payment_order')
    await runner.dropTable('merchant_account')
    await runner.dropTable('session')
    await runner.dropTable('consent')
    await runner.dropTable('account')
    await runner.dropTable('access_grant')
    await runner.dropTable('org_node')
    await runner.dropTable('clock_lock')
    await runner.dropTable('job')
    await runner.dropTable('event_delivery')
    await runner.dropTable('event')
    await runner.dropTable('key_check')
  }
}
