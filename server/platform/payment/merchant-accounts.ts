import { Injectable } from '@nestjs/common'
import { Access } from '../access/access.js'
import { Database } from '../database/database.js'
import { newId } from '../database/ids.js'
import { Conflict } from '../http/errors.js'
import { MerchantAccount } from './merchant-account.entity.js'

@Injectable()
export class MerchantAccounts {
  constructor(
    private readonly database: Database,
    private readonly access: Access,
  ) {}

  /** The account of the nearest committee at or above a unit. @throws Conflict when nobody collects there yet */
  async collecting(unitId: string): Promise<MerchantAccount> {
    const { path } = await this.access.node(unitId)
    const ids = path.split('/').filter(Boolean)
    const accounts = await this.database.query<MerchantAccount>(
      `SELECT * FROM merchant_account WHERE nodeId IN (${ids.map(() => '?').join(', ')})`,
      ids,
    )
    const nearest = accounts.sort((a, b) => ids.indexOf(b.nodeId) - ids.indexOf(a.nodeId))[0]
    if (!nearest) {
      throw new Conflict('payment.no-account', '您所在的党组织还没有开通网上缴费，请用现金交给支部。')
    }
    return nearest
  }

  find(id: string): Promise<MerchantAccount> {
    return this.database.repository(MerchantAccount).findOneByOrFail({ id })
  }

  /** Opens a committee's account; its credentials are configured by the operator. */
  async openDirect(nodeId: string, mchid: string, name: string): Promise<void> {
    await this.database
      .repository(MerchantAccount)
      .insert({ id: newId(), nodeId, mode: 'direct', mchid, subMchid: null, name })
  }
}
