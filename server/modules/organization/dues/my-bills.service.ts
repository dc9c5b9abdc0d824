import { Injectable } from '@nestjs/common'
import { In } from 'typeorm'
import type { BillPage, PayBills } from '../../../contracts/organization/dues.js'
import type { PageQuery } from '../../../contracts/platform/paging.js'
import type { Payment } from '../../../contracts/platform/payment.js'
import type { Actor, ActorMembership } from '../../../platform/access/actor.js'
import { Database } from '../../../platform/database/database.js'
import { NotFound } from '../../../platform/http/errors.js'
import { cursorPart, decodeCursor, limitOf, pageOf } from '../../../platform/http/paging.js'
import { neededKeyIn } from '../../../platform/idempotency/idempotency.rules.js'
import { Payments } from '../../../platform/payment/payments.js'
import { BillPayees } from './bill-payees.js'
import { BillRecord } from './bill.entity.js'
import { DUES_SUBJECT, monthOfBill } from './bill-ids.js'
import { presentBill } from './bill.presenter.js'
import { monthsInWords } from './months-in-words.rules.js'
import { BillQueries } from './bills.queries.js'

/** A member's own dues. */
@Injectable()
export class MyBills {
  constructor(
    private readonly database: Database,
    private readonly queries: BillQueries,
    private readonly payees: BillPayees,
    private readonly payments: Payments,
  ) {}

  async list(actor: Actor, query: PageQuery): Promise<BillPage> {
    const { memberId } = ownMembership(actor)
    const limit = limitOf(query)
    const cursor = decodeCursor(query.cursor, [cursorPart.id])?.[0]
    const before = cursor?.startsWith(memberId) ? cursor : undefined
    const rows = await this.queries.ofMember(memberId, before, limit + 1)
    // The first page nearly always holds all bills, so the unpaid ones need no second query.
    const isWhole = before === undefined && rows.length <= limit
    const unpaid = isWhole
      ? rows.filter(({ state }) => state === 'unpaid')
      : await this.queries.unpaidOf(memberId)
    const groups = await this.payees.grouped(unpaid)
    const payeeOf = new Map(groups.flatMap(({ payee, bills }) => bills.map(({ id }) => [id, payee] as const)))
    return {
      ...pageOf(
        rows,
        limit,
        ({ id }) => [id],
        (row) => presentBill(row, payeeOf.get(row.id) ?? null),
      ),
      unpaidFen: unpaid.reduce((sum, { amountFen }) => sum + amountFen, 0),
      unpaidCount: unpaid.length,
    }
  }

  /** Opens a payment for one or several months. The server computes the amount, the phone only names bills. */
  async pay(actor: Actor, { billIds }: PayBills, idempotencyKey: string | undefined): Promise<Payment> {
    const { memberId } = ownMembership(actor)
    const key = neededKeyIn(idempotencyKey)
    const owned = await this.database.repository(BillRecord).countBy({ id: In(billIds), memberId })
    if (owned !== billIds.length) throw new NotFound()
    return this.payments.open({
      actor,
      subject: DUES_SUBJECT,
      subjectIds: billIds,
      description: `党费 ${monthsInWords(billIds.map(monthOfBill))}`,
      idempotencyKey: key,
    })
  }
}

function ownMembership({ membership }: Actor): ActorMembership {
  if (!membership) throw new NotFound()
  return membership
}
