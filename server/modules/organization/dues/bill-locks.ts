import { Injectable } from '@nestjs/common'
import { In } from 'typeorm'
import { monthInWords } from '../../../platform/config/business-time.js'
import { Database } from '../../../platform/database/database.js'
import { Conflict, NotFound } from '../../../platform/http/errors.js'
import { PaymentQueries } from '../../../platform/payment/payment.queries.js'
import { DUES_SUBJECT } from './bill-ids.js'
import { BillRecord } from './bill.entity.js'
import { obstacleToChange } from './dues.rules.js'

/**
 * Locks on bills. A transaction that claims or changes bills takes the lock first: a second transaction waits for the
 * first and then reads the bills as the first one left them.
 */
@Injectable()
export class BillLocks {
  constructor(
    private readonly database: Database,
    private readonly orders: PaymentQueries,
  ) {}

  /** Locks bills until the transaction ends. @returns those that exist, as they are now */
  async lock(billIds: string[]): Promise<BillRecord[]> {
    await this.database.lock(BillRecord, billIds)
    return this.database.repository(BillRecord).findBy({ id: In(billIds) })
  }

  /**
   * Locks bills of which something is about to be changed: amount, state or unit.
   * @throws Conflict when one of them is settled, or somebody is paying it
   */
  async lockForChange(billIds: string[]): Promise<BillRecord[]> {
    const bills = await this.lock(billIds)
    if (bills.length !== billIds.length) throw new NotFound()
    const beingPaid = await this.orders.beingPaid(DUES_SUBJECT, billIds)
    for (const bill of bills.sort((a, b) => a.month.localeCompare(b.month))) {
      const obstacle = obstacleToChange(bill.state, beingPaid.has(bill.id))
      if (!obstacle) continue
      const month = monthInWords(bill.month)
      throw obstacle === 'settled'
        ? new Conflict('dues.already-paid', `${month}的党费已经结清，不能再改。`)
        : new Conflict(
            'dues.bill-being-paid',
            `${month}的党费正在支付，现在不能改。请等支付完成或取消后再试，最多两小时。`,
          )
    }
    return bills
  }
}
