import { Injectable } from '@nestjs/common'
import { In } from 'typeorm'
import { Access } from '../access/access.js'
import { Clock } from '../config/clock.js'
import { Database } from '../database/database.js'
import { newId } from '../database/ids.js'
import { Conflict } from '../http/errors.js'
import { PayClients } from '../wechat/pay-clients.js'
import { MerchantAccount } from './merchant-account.entity.js'

const REMEMBERED_MS = 60_000

@Injectable()
export class MerchantAccounts {
  private readonly mchids = new Map<string, { mchid: string; until: number }>()

  constructor(
    private readonly database: Database,
    private readonly access: Access,
    private readonly clients: PayClients,
    private readonly clock: Clock,
  ) {}

  /** The accounts into which these units pay; a unit without one is left out. */
  async accountsOf(unitIds: readonly string[]): Promise<Map<string, Pick<MerchantAccount, 'id' | 'name'>>> {
    const found = new Map<string, Pick<MerchantAccount, 'id' | 'name'>>()
    for (const unitId of unitIds) {
      const account = await this.nearest(unitId)
      if (account) found.set(unitId, account)
    }
    return found
  }

  /** The nearest account at or above a unit. @throws Conflict `payment.no-account` when there is none */
  private async collecting(unitId: string, contact: string): Promise<MerchantAccount> {
    const nearest = await this.nearest(unitId)
    if (!nearest) throw notOpened(contact)
    return nearest
  }

  private async nearest(unitId: string): Promise<MerchantAccount | undefined> {
    const { path } = await this.access.node(unitId)
    const ids = path.split('/').filter(Boolean)
    const accounts = await this.database.repository(MerchantAccount).findBy({ nodeId: In(ids) })
    return accounts.sort((a, b) => ids.indexOf(b.nodeId) - ids.indexOf(a.nodeId))[0]
  }

  /**
   * The one account into which all these units pay, ready to be used.
   * @param contact to whom the person can pay in cash, named in the error message
   * @throws Conflict when they pay into different accounts, or online payment is not set up
   */
  async collectingAll(unitIds: string[], contact: string): Promise<MerchantAccount> {
    const accounts = new Map<string, MerchantAccount>()
    for (const unitId of new Set(unitIds)) {
      const account = await this.collecting(unitId, contact)
      accounts.set(account.id, account)
    }
    const [account] = accounts.values()
    if (!account || accounts.size > 1) {
      throw new Conflict('payment.several-accounts', '所选的费用要缴到不同的收款账户，请分开缴纳。')
    }
    // A sub-merchant's money must not be collected under a direct merchant number.
    if (account.mode !== 'direct' || !this.clients.has(account.mchid)) throw notOpened(contact)
    return account
  }

  /** The merchant number of an account, cached for 60 s: every notification needs it, and it hardly ever changes. */
  async mchidOf(id: string): Promise<string> {
    const now = this.clock.now().getTime()
    const known = this.mchids.get(id)
    if (known && known.until > now) return known.mchid
    const { mchid } = await this.database.repository(MerchantAccount).findOneByOrFail({ id })
    this.mchids.set(id, { mchid, until: now + REMEMBERED_MS })
    return mchid
  }

  /** Opens an account; its credentials are configured by the operator. */
  async openDirect(nodeId: string, mchid: string, name: string): Promise<void> {
    await this.database
      .repository(MerchantAccount)
      .insert({ id: newId(), nodeId, mode: 'direct', mchid, subMchid: null, name })
  }
}

const notOpened = (contact: string) =>
  new Conflict('payment.no-account', `您所在的组织还没有开通网上缴费，请用现金交给${contact}。`)
