import { Injectable } from '@nestjs/common'
import type { Account, ChoosePreferences, OwnMembership } from '../../../contracts/home/account.js'
import { maySomewhere, type Actor } from '../../../platform/access/actor.js'
import { AccountRecord } from '../../../platform/auth/account.entity.js'
import { Database } from '../../../platform/database/database.js'
import { BindingQueries } from '../bindings/bindings.queries.js'

/** Who I am here, and what I may do. */
@Injectable()
export class Me {
  constructor(
    private readonly database: Database,
    private readonly bindings: BindingQueries,
  ) {}

  async account(actor: Actor): Promise<Account> {
    const [account, membership, binding] = await Promise.all([
      this.database.repository(AccountRecord).findOneByOrFail({ id: actor.accountId }),
      this.membership(actor),
      actor.membership ? null : this.bindings.latestOf(actor.accountId),
    ])
    return {
      id: actor.accountId,
      textSize: account.textSize,
      membership,
      binding,
      can: {
        manage: maySomewhere(actor, 'management.enter'),
        decideBindings: maySomewhere(actor, 'binding.decide'),
        readMembers: maySomewhere(actor, 'member.read'),
        readLedger: maySomewhere(actor, 'dues.read'),
        generateDues: maySomewhere(actor, 'dues.generate'),
        importRoster: maySomewhere(actor, 'roster.import'),
        payDues: maySomewhere(actor, 'dues.pay'),
      },
    }
  }

  async choosePreferences(actor: Actor, { textSize }: ChoosePreferences): Promise<Account> {
    await this.database.repository(AccountRecord).update(actor.accountId, { textSize })
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
