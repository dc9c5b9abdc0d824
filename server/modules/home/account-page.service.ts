import { Injectable } from '@nestjs/common'
import type { Account, ChoosePreferences, OwnMembership } from '../../contracts/home/account.js'
import type { Actor } from '../../platform/access/actor.js'
import { Accounts } from '../../platform/auth/accounts.js'
import { Database } from '../../platform/database/database.js'
import { BindingQueries, presentOwnBinding } from '../organization/index.js'
import { Menu } from './menu.service.js'

/** Who the reader is, and what the menu offers them. */
@Injectable()
export class AccountPage {
  constructor(
    private readonly database: Database,
    private readonly accounts: Accounts,
    private readonly bindings: BindingQueries,
    private readonly menu: Menu,
  ) {}

  async account(actor: Actor): Promise<Account> {
    const [textSize, membership, claim] = await Promise.all([
      this.accounts.textSizeOf(actor.accountId),
      this.membership(actor),
      actor.membership ? null : this.bindings.latest(actor.accountId),
    ])
    const binding = claim && presentOwnBinding(claim)
    return { id: actor.accountId, textSize, membership, binding, menu: this.menu.tiles(actor) }
  }

  async choosePreferences(actor: Actor, { textSize }: ChoosePreferences): Promise<Account> {
    await this.accounts.chooseTextSize(actor.accountId, textSize)
    return this.account(actor)
  }

  private async membership({ membership }: Actor): Promise<OwnMembership | null> {
    if (!membership) return null
    const [row] = await this.database.query<OwnMembership>(
      `SELECT m.id AS memberId, m.name, m.unitId, u.name AS unitName, m.category
       FROM member m JOIN unit u ON u.id = m.unitId WHERE m.id = ?`,
      [membership.memberId],
    )
    return row ?? null
  }
}
