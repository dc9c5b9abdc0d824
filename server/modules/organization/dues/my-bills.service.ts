import { Injectable } from '@nestjs/common'
import { In } from 'typeorm'
import type { BillPage } from '../../../contracts/dues.js'
import type { PageQuery } from '../../../contracts/paging.js'
import type { PayBills, Payment } from '../../../contracts/payment.js'
import type { Actor, ActorMembership } from '../../../platform/access/actor.js'
import { monthInWords } from '../../../platform/config/business-time.js'
import { Database } from '../../../platform/database/database.js'
import { Conflict, Invalid, NotFound } from '../../../platform/http/errors.js'
import { cursorPart, decodeCursor, limitOf, pageOf } from '../../../platform/http/paging.js'
import { Payments } from '../../../platform/payment/payments.js'
import { BillRecord } from './bill.entity.js'
import { presentBill } from './bill.presenter.js'
import { BillQueries } from './bills.queries.js'
import { DUES_SUBJECT } from './dues.payments.js'

const IDEMPOTENCY_KEY = /^[\w-]{8,64}$/

/** A member's own dues. */
@Injectable()
export class MyBills {
  constructor(
    private readonly database: Database,
    private readonly queries: BillQueries,
    private readonly payments: Payments,
  ) {}

  async list(actor: Actor, query: PageQuery): Promise<BillPage> {
    const { memberId } = ownMembership(actor)
    const limit = limitOf(query)
    const cursor = decodeCursor(query.cursor, [cursorPart.id])?.[0]
    const [rows, unpaid] = await Promise.all([
      this.queries.ofMember(memberId, cursor?.startsWith(memberId) ? cursor : undefined, limit + 1),
      this.queries.unpaidOf(memberId),
    ])
    return {
      ...pageOf(rows, limit, ({ id }) => [id], presentBill),
      unpaidFen: unpaid.reduce((sum, { amountFen }) => sum + amountFen, 0),
      unpaidCount: unpaid.length,
    }
  }

  /** Opens a payment for one or several months. The amount is ours to compute, the phone names bills only. */
  async pay(actor: Actor, { billIds }: PayBills, idempotencyKey: string | undefined): Promise<Payment> {
    const { memberId } = ownMembership(actor)
    if (!idempotencyKey || !IDEMPOTENCY_KEY.test(idempotencyKey)) {
      throw new Invalid('payment.key', '这次支付缺少编号，请更新小程序后再试。', [
        { field: 'Idempotency-Key', message: '应是 8 到 64 个字母、数字或横线' },
      ])
    }
    const bills = await this.database.repository(BillRecord).findBy({ id: In(billIds), memberId })
    if (bills.length !== billIds.length) throw new NotFound()
    const settled = bills.filter(({ state }) => state !== 'unpaid').map(({ month }) => monthInWords(month))
    if (settled.length > 0) {
      throw new Conflict('dues.already-paid', `${settled.join('、')}的党费已经结清，请刷新账单后再选。`)
    }
    const months = bills.map(({ month }) => month).sort()
    const [newest] = [...bills].sort((a, b) => b.month.localeCompare(a.month))
    return this.payments.open({
      actor,
      subject: DUES_SUBJECT,
      lines: bills.map(({ id, amountFen }) => ({ subjectId: id, amountFen })),
      unitId: newest?.unitId ?? '',
      description: describe(months),
      idempotencyKey,
    })
  }
}

function ownMembership({ membership }: Actor): ActorMembership {
  if (!membership) throw new NotFound()
  return membership
}

/** 党费 2026年9月 · 党费 2026年9月至11月 3个月 */
function describe(months: string[]): string {
  const [first = ''] = months
  const last = months.at(-1) ?? first
  if (months.length === 1) return `党费 ${monthInWords(first)}`
  return `党费 ${monthInWords(first)}至${monthInWords(last)} ${months.length}个月`
}
