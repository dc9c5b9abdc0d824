import { Injectable, type OnModuleInit } from '@nestjs/common'
import { Audit } from '../../../platform/audit/audit.js'
import { Database } from '../../../platform/database/database.js'
import type { PaymentSubject } from '../../../platform/payment/payment-subject.js'
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
