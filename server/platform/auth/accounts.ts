import { Injectable } from '@nestjs/common'
import type { TextSize } from '../../contracts/platform/preferences.js'
import type { ActorMembership } from '../access/actor.js'
import { Clock } from '../config/clock.js'
import { Database } from '../database/database.js'
import { isDuplicate } from '../database/errors.js'
import { newId } from '../database/ids.js'
import { AccountRecord } from './account.entity.js'
import { MembershipLookup } from './membership-lookup.js'

/** WeChat users of this mini-program. */
@Injectable()
export class Accounts {
  constructor(
    private readonly database: Database,
    private readonly memberships: MembershipLookup,
    private readonly clock: Clock,
  ) {}

  /** The confirmed membership of an account, or null: for work that goes on after the request. */
  membershipOf(accountId: string): Promise<ActorMembership | null> {
    return this.memberships.membershipOf(accountId)
  }

  async textSizeOf(accountId: string): Promise<TextSize> {
    return (await this.database.repository(AccountRecord).findOneByOrFail({ id: accountId })).textSize
  }

  async chooseTextSize(accountId: string, textSize: TextSize): Promise<void> {
    await this.database.repository(AccountRecord).update(accountId, { textSize })
  }

  /** Finds the account of a WeChat user, or creates it at the first sign-in. @returns its id */
  async forOpenid(openid: string, unionid: string | null): Promise<string> {
    const accounts = this.database.repository(AccountRecord)
    const known = await accounts.findOneBy({ openid })
    if (known) return known.id
    const id = newId()
    try {
      await accounts.insert({ id, openid, unionid, textSize: 'standard', createdAt: this.clock.now() })
      return id
    } catch (error) {
      // Another phone of the same person created the account at the same instant.
      if (isDuplicate(error)) return (await accounts.findOneByOrFail({ openid })).id
      throw error
    }
  }
}
