import { Injectable, type OnModuleInit } from '@nestjs/common'
import { In } from 'typeorm'
import { Audit } from '../../../platform/audit/audit.js'
import { monthInWords } from '../../../platform/config/business-time.js'
import { Database } from '../../../platform/database/database.js'
import { roundedUp, valueById } from '../../../platform/database/dialect.js'
import { Conflict } from '../../../platform/http/errors.js'
import type { OwedThing, PaymentSubject, SettledOrder } from '../../../platform/payment/payment-subject.js'
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
  async onPaid(orders: SettledOrder[]): Promise<string[]> {
    const bills = orders.flatMap(({ tradeNo, accountId, paidAt, things }) =>
      things.map((thing) => ({ ...thing, tradeNo, accountId, paidAt })),
    )
    const marked = roundedUp(bills)
    const asAgreed = marked.map(() => '(id = ? AND amountFen = ?)').join(' OR ')
    const each = valueById(marked.length)
    const count = await this.database.executePrepared(
      `UPDATE dues_bill SET state = 'paid', paidAt = ${each}, tradeNo = ${each}
       WHERE state = 'unpaid' AND (${asAgreed})`,
      [
        ...marked.flatMap(({ subjectId, paidAt }) => [subjectId, paidAt]),
        ...marked.flatMap(({ subjectId, tradeNo }) => [subjectId, tradeNo]),
        ...marked.flatMap(({ subjectId, amountFen }) => [subjectId, amountFen]),
      ],
    )
    const paid = count === bills.length ? bills : await this.markedOf(bills)
    await this.audit.recordMany(
      'dues.bill-paid',
      paid.map(({ accountId, subjectId, amountFen, unitId, tradeNo }) => ({
        actorId: accountId,
        unitId,
        subjectId,
        data: { amountFen, month: monthOfBill(subjectId), tradeNo },
      })),
    )
    return bills.filter((bill) => !paid.includes(bill)).map(({ subjectId }) => subjectId)
  }

  /** Of bills that should have been marked, those that were. */
  private async markedOf<Bill extends { subjectId: string; tradeNo: string }>(
    bills: Bill[],
  ): Promise<Bill[]> {
    const ids = bills.map(({ subjectId }) => subjectId)
    const marked = await this.database.repository(BillRecord).findBy({ id: In(ids), state: 'paid' })
    return bills.filter(({ subjectId, tradeNo }) =>
      marked.some((bill) => bill.id === subjectId && bill.tradeNo === tradeNo),
    )
  }

  periodsOf(billIds: string[]): string[] {
    return billIds.map(monthOfBill).sort()
  }
}
