import { Injectable } from '@nestjs/common'
import type { PaymentState } from '../../contracts/platform/payment.js'
import { Database } from '../database/database.js'
import { placeholders } from '../database/dialect.js'
import { openKeyOf } from './payment.rules.js'
import type { PaidThing } from './payment-subject.js'

/** The data of an order that its settlement needs. */
export interface SettlingOrder {
  id: string
  tradeNo: string
  subject: string
  merchantAccountId: string
  accountId: string
  payerOpenid: string
  amountFen: number
  state: PaymentState
  transactionId: string | null
  things: PaidThing[]
}

type Row = Omit<SettlingOrder, 'things'> & {
  subjectId: string | null
  thingFen: number
  unitId: string | null
}

@Injectable()
export class PaymentQueries {
  constructor(private readonly database: Database) {}

  /** Reads an order and its things in one statement. The things of an order never change. */
  async settling(tradeNo: string): Promise<SettlingOrder | null> {
    const rows = await this.database.queryPrepared<Row>(
      `SELECT o.id, o.tradeNo, o.subject, o.merchantAccountId, o.accountId, o.payerOpenid, o.amountFen, o.state,
              o.transactionId, l.subjectId, l.amountFen AS thingFen, l.unitId
       FROM payment_order o LEFT JOIN payment_line l ON l.orderId = o.id
       WHERE o.tradeNo = ? ORDER BY l.subjectId`,
      [tradeNo],
    )
    const [first] = rows
    if (!first) return null
    const { subjectId: _, thingFen: __, unitId: ___, ...order } = first
    const things = rows.flatMap(({ subjectId, thingFen, unitId }) =>
      subjectId === null ? [] : [{ subjectId, amountFen: thingFen, unitId }],
    )
    return { ...order, things }
  }

  /** Ids of what an order is for. */
  async thingsOf(orderId: string): Promise<string[]> {
    const rows = await this.database.query<{ subjectId: string }>(
      'SELECT subjectId FROM payment_line WHERE orderId = ?',
      [orderId],
    )
    return rows.map(({ subjectId }) => subjectId)
  }

  /** Which of these things are in an order that is still pending. */
  async beingPaid(subject: string, subjectIds: string[]): Promise<Set<string>> {
    const keys = subjectIds.map((subjectId) => openKeyOf(subject, subjectId))
    const rows = await this.database.query<{ subjectId: string }>(
      `SELECT subjectId FROM payment_line WHERE openKey IN (${placeholders(keys)})`,
      keys,
    )
    return new Set(rows.map(({ subjectId }) => subjectId))
  }

  /** Whether one of these things is in a pending order that has a discrepancy. */
  async areUnderReview(subject: string, subjectIds: string[]): Promise<boolean> {
    const keys = subjectIds.map((subjectId) => openKeyOf(subject, subjectId))
    const rows = await this.database.query<{ id: string }>(
      `SELECT d.id FROM payment_line l
       JOIN payment_order o ON o.id = l.orderId
       JOIN payment_discrepancy d ON d.tradeNo = o.tradeNo
       WHERE l.openKey IN (${placeholders(keys)}) LIMIT 1`,
      keys,
    )
    return rows.length > 0
  }
}
