import { Injectable } from '@nestjs/common'
import { Access } from '../../../platform/access/access.js'
import type { Actor } from '../../../platform/access/actor.js'
import { daysBefore } from '../../../platform/config/business-time.js'
import { Clock } from '../../../platform/config/clock.js'
import { Conflict } from '../../../platform/http/errors.js'
import { MemberPhones, Persons } from '../members/index.js'
import { BindingQueries, type BindingRow } from './bindings.queries.js'
import { SECOND_PERSON_DAYS } from './bindings.rules.js'

/** Names in the message that says who may confirm instead. */
const MOST_NAMES = 3

/** Who had a hand in what made a claim possible, and so may not confirm it. */
interface Involved {
  accountIds: Set<string>
  memberIds: Set<string>
}

/**
 * One officer alone must not hand a membership to another account: whoever undid the earlier binding of the member or
 * entered the number by which it is claimed does not confirm the claim.
 */
@Injectable()
export class ClaimWitnesses {
  constructor(
    private readonly access: Access,
    private readonly queries: BindingQueries,
    private readonly phones: MemberPhones,
    private readonly persons: Persons,
    private readonly clock: Clock,
  ) {}

  /** @throws Conflict `binding.second-person` with the names of those who may confirm instead */
  async check(actor: Actor, claim: BindingRow): Promise<void> {
    const involved = await this.involvedIn(claim)
    if (!isInvolved(involved, actor.accountId, actor.membership?.memberId)) return
    const others = await this.othersFor(claim, involved)
    const names = await this.persons.ofAccounts(others.slice(0, MOST_NAMES))
    const next =
      others.length > 0
        ? `请由${[...names.values()].join('、')}${others.length > MOST_NAMES ? '等人' : ''}确认。`
        : '现在没有第二位可以确认的人，请系统管理员凭文件确认。'
    throw new Conflict(
      'binding.second-person',
      `这名党员原来的绑定是您解除的，或者申请用的手机号是您登记的，${SECOND_PERSON_DAYS} 天内要由另一位确认。${next}`,
    )
  }

  /** Whether somebody in the app may confirm the claim; else an operator does. */
  async existFor(claim: BindingRow): Promise<boolean> {
    return (await this.othersFor(claim, await this.involvedIn(claim))).length > 0
  }

  private async involvedIn({ memberId, accountId }: BindingRow): Promise<Involved> {
    const since = daysBefore(this.clock.now(), SECOND_PERSON_DAYS)
    const [undoers, entries] = await Promise.all([
      this.queries.undoersSince(memberId, accountId, since),
      this.phones.entriesSince(memberId, since),
    ])
    return {
      accountIds: new Set([...undoers, ...entries.map(({ enteredBy }) => enteredBy)]),
      memberIds: new Set(
        entries.flatMap(({ enteredByMemberId }) => (enteredByMemberId === null ? [] : [enteredByMemberId])),
      ),
    }
  }

  /** Accounts that may confirm: holders who are neither involved nor the person who claims. */
  private async othersFor(claim: BindingRow, involved: Involved): Promise<string[]> {
    const path = await this.access.decidingPath(claim.memberId, claim.unitId)
    const holders = await this.access.holdersOf('binding.decide', path)
    const others = holders.filter(
      ({ accountId, holderKind, holderId }) =>
        accountId !== claim.accountId &&
        !(holderKind === 'member' && holderId === claim.memberId) &&
        !isInvolved(involved, accountId, holderKind === 'member' ? holderId : undefined),
    )
    return [...new Set(others.map(({ accountId }) => accountId))]
  }
}

const isInvolved = (
  { accountIds, memberIds }: Involved,
  accountId: string,
  memberId: string | undefined,
): boolean => accountIds.has(accountId) || (memberId !== undefined && memberIds.has(memberId))
