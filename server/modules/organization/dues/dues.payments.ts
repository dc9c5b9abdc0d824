import { Injectable, type OnModuleInit } from '@nestjs/common'
import { In } from 'typeorm'
import { Audit } from '../../../platform/audit/audit.js'
import { monthInWords } from '../../../platform/config/business-time.js'
import { Database } from '../../../platform/database/database.js'
import { Conflict } from '../../../platform/http/errors.js'
import type {
  OwedThing,
  PaidThing,
  PaymentSubject,
  SettledOrder,
} from '../../../platform/payment/payment-subject.js'
import { PaymentSubjects } from '../../../platform/payment/payment-subjects.js'
import { DUES_SUBJECT, monthOfBill } from './bill-ids.js'
import { BillCorrections } from './bill-corrections.js'
import { BillLocks } from './bill-locks.js'
import { BillRecord } from './bill.entity.js'

/** Claims bills for a payment and marks them as paid. */
@Injectable()
export class DuesPayments implements PaymentSubject, OnModuleInit {
  readonly contact = '支部'

  constructor(
    private readonly database: Database,
    private readonly locks: BillLocks,
    private readonly corrections: BillCorrections,
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

  /**
   * Marks a bill as paid only when it is unpaid and has the amount of the order. @returns ids of the bills it did not
   * mark
   */
  async onPaid({ tradeNo, accountId, paidAt, things }: SettledOrder): Promise<string[]> {
    const asAgreed = things.map(() => '(id = ? AND amountFen = ?)').join(' OR ')
    const count = await this.database.executePrepared(
      `UPDATE dues_bill SET state = 'paid', paidAt = ?, tradeNo = ? WHERE state = 'unpaid' AND (${asAgreed})`,
      [paidAt, tradeNo, ...things.flatMap(({ subjectId, amountFen }) => [subjectId, amountFen])],
    )
    const paid = count === things.length ? things : await this.paidBy(tradeNo, things)
    await this.audit.recordMany(
      'dues.bill-paid',
      paid.map(({ subjectId, amountFen, unitId }) => ({
        actorId: accountId,
        unitId,
        subjectId,
        data: { amountFen, month: monthOfBill(subjectId), tradeNo },
      })),
    )
    return things.filter((thing) => !paid.includes(thing)).map(({ subjectId }) => subjectId)
  }

  /** The bills that this order has marked. */
  private async paidBy(tradeNo: string, things: PaidThing[]): Promise<PaidThing[]> {
    const ids = things.map(({ subjectId }) => subjectId)
    const marked = await this.database.repository(BillRecord).findBy({ id: In(ids), state: 'paid', tradeNo })
    return things.filter(({ subjectId }) => marked.some(({ id }) => id === subjectId))
  }

  /** What changed while they were being paid is applied now. */
  onReleased(billIds: string[]): Promise<void> {
    return this.corrections.release(billIds)
  }

  periodsOf(billIds: string[]): string[] {
    return billIds.map(monthOfBill).sort()
  }
}
