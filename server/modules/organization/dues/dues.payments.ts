import { Injectable, type OnModuleInit } from '@nestjs/common'
import { In } from 'typeorm'
import { Audit } from '../../../platform/audit/audit.js'
import { monthInWords } from '../../../platform/config/business-time.js'
import { Database } from '../../../platform/database/database.js'
import { placeholders } from '../../../platform/database/dialect.js'
import { Conflict } from '../../../platform/http/errors.js'
import type { OwedThing, PaymentSubject } from '../../../platform/payment/payment-subject.js'
import { PaymentSubjects } from '../../../platform/payment/payment-subjects.js'
import { monthOfBill } from './bill-ids.js'
import { BillRecord } from './bill.entity.js'

/** The name under which dues are sold. */
export const DUES_SUBJECT = 'dues'

/** What happens to bills when money came in. */
@Injectable()
export class DuesPayments implements PaymentSubject, OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
    private readonly subjects: PaymentSubjects,
  ) {}

  onModuleInit(): void {
    this.subjects.register(DUES_SUBJECT, this)
  }

  async claim(billIds: string[]): Promise<OwedThing[]> {
    // Changes nothing, but locks the rows: a settlement of the same bills waits, or has been.
    await this.database.execute(
      `UPDATE dues_bill SET state = state WHERE id IN (${placeholders(billIds)})`,
      billIds,
    )
    const bills = await this.database.repository(BillRecord).findBy({ id: In(billIds) })
    const settled = bills.filter(({ state }) => state !== 'unpaid').map(({ month }) => month)
    if (settled.length > 0 || bills.length !== billIds.length) {
      const months = settled.sort().map(monthInWords).join('、')
      throw new Conflict('dues.already-paid', `${months}的党费已经结清，请刷新账单后再选。`)
    }
    return bills.map(({ id, amountFen, unitId }) => ({ subjectId: id, amountFen, unitId }))
  }

  async onPaid(
    billIds: string[],
    order: { tradeNo: string; accountId: string; paidAt: Date },
  ): Promise<string[]> {
    const gone: string[] = []
    for (const id of billIds) {
      const marked = await this.database.changesOne(
        `UPDATE dues_bill SET state = 'paid', paidAt = ?, tradeNo = ? WHERE id = ? AND state = 'unpaid'`,
        [order.paidAt, order.tradeNo, id],
      )
      if (!marked) {
        gone.push(id)
        continue
      }
      const bill = await this.database.repository(BillRecord).findOneByOrFail({ id })
      await this.audit.record('dues.bill-paid', {
        actorId: order.accountId,
        unitId: bill.unitId,
        subjectId: id,
        data: { amountFen: bill.amountFen, month: bill.month, tradeNo: order.tradeNo },
      })
    }
    return gone
  }

  periodsOf(billIds: string[]): string[] {
    return billIds.map(monthOfBill).sort()
  }
}
