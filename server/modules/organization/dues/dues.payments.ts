import { Injectable, type OnModuleInit } from '@nestjs/common'
import { In } from 'typeorm'
import { Audit } from '../../../platform/audit/audit.js'
import { monthInWords } from '../../../platform/config/business-time.js'
import { Database } from '../../../platform/database/database.js'
import { Conflict } from '../../../platform/http/errors.js'
import type { OwedThing, PaidThing, PaymentSubject } from '../../../platform/payment/payment-subject.js'
import { PaymentSubjects } from '../../../platform/payment/payment-subjects.js'
import { DUES_SUBJECT, monthOfBill } from './bill-ids.js'
import { BillLocks } from './bill-locks.js'
import { BillRecord } from './bill.entity.js'

/** What happens to bills when money came in. */
@Injectable()
export class DuesPayments implements PaymentSubject, OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly locks: BillLocks,
    private readonly audit: Audit,
    private readonly subjects: PaymentSubjects,
  ) {}

  onModuleInit(): void {
    this.subjects.register(DUES_SUBJECT, this)
  }

  async claim(billIds: string[]): Promise<OwedThing[]> {
    const bills = await this.locks.lock(billIds)
    const settled = bills.filter(({ state }) => state !== 'unpaid').map(({ month }) => month)
    if (settled.length > 0 || bills.length !== billIds.length) {
      const months = settled.sort().map(monthInWords).join('、')
      throw new Conflict('dues.already-paid', `${months}的党费已经结清，请刷新账单后再选。`)
    }
    return bills.map(({ id, amountFen, unitId }) => ({ subjectId: id, amountFen, unitId }))
  }

  /** The bill must still be what the order agreed on: the sum that came in is the sum that is booked, or none is. */
  async onPaid(
    things: PaidThing[],
    order: { tradeNo: string; accountId: string; paidAt: Date },
  ): Promise<string[]> {
    const asAgreed = things.map(() => '(id = ? AND amountFen = ?)').join(' OR ')
    const count = await this.database.change(
      `UPDATE dues_bill SET state = 'paid', paidAt = ?, tradeNo = ? WHERE state = 'unpaid' AND (${asAgreed})`,
      [order.paidAt, order.tradeNo, ...things.flatMap(({ subjectId, amountFen }) => [subjectId, amountFen])],
    )
    const paid = count === things.length ? things : await this.paidBy(order.tradeNo, things)
    await this.audit.recordMany(
      'dues.bill-paid',
      paid.map(({ subjectId, amountFen, unitId }) => ({
        actorId: order.accountId,
        unitId,
        subjectId,
        data: { amountFen, month: monthOfBill(subjectId), tradeNo: order.tradeNo },
      })),
    )
    return things.filter((thing) => !paid.includes(thing)).map(({ subjectId }) => subjectId)
  }

  private async paidBy(tradeNo: string, things: PaidThing[]): Promise<PaidThing[]> {
    const ids = things.map(({ subjectId }) => subjectId)
    const bills = await this.database.repository(BillRecord).findBy({ id: In(ids), tradeNo, state: 'paid' })
    return things.filter(({ subjectId }) => bills.some(({ id }) => id === subjectId))
  }

  periodsOf(billIds: string[]): string[] {
    return billIds.map(monthOfBill).sort()
  }
}
