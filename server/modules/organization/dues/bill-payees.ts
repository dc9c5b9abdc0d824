import { Injectable } from '@nestjs/common'
import { MerchantAccounts } from '../../../platform/payment/merchant-accounts.js'

/** Bills that are paid together. */
export interface PayeeGroup<Bill> {
  /** Name of the account, where the bills of a member go to several; else null. */
  payee: string | null
  bills: Bill[]
}

/** Into which collecting accounts bills are paid: one payment goes to one account. */
@Injectable()
export class BillPayees {
  constructor(private readonly merchants: MerchantAccounts) {}

  /** In the order of the bills. Bills of one unit need no look-up, and nearly everybody's are. */
  async grouped<Bill extends { unitId: string }>(bills: readonly Bill[]): Promise<Array<PayeeGroup<Bill>>> {
    const units = [...new Set(bills.map(({ unitId }) => unitId))]
    if (units.length <= 1) return bills.length === 0 ? [] : [{ payee: null, bills: [...bills] }]
    const accounts = await this.merchants.accountsOf(units)
    const groups = new Map<string, PayeeGroup<Bill>>()
    for (const bill of bills) {
      const account = accounts.get(bill.unitId)
      const key = account?.id ?? ''
      const group = groups.get(key) ?? { payee: account?.name ?? NO_ACCOUNT, bills: [] }
      group.bills.push(bill)
      groups.set(key, group)
    }
    const [only] = groups.values()
    return groups.size === 1 && only ? [{ ...only, payee: null }] : [...groups.values()]
  }
}

/** No account collects for the unit: dues are paid in cash. */
const NO_ACCOUNT = '支部（现金）'
