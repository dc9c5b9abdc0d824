import { Injectable } from '@nestjs/common'
import type { ChangePhone, PhoneChange } from '../../../contracts/organization/phone-change.js'
import { Access } from '../../../platform/access/access.js'
import { Grants } from '../../../platform/access/grants.js'
import type { Actor } from '../../../platform/access/actor.js'
import type { Person } from '../../../platform/approval/approval-people.js'
import { Approvals } from '../../../platform/approval/approvals.js'
import { maskPhone } from '../../../platform/crypto/masking.js'
import { Database } from '../../../platform/database/database.js'
import { Conflict } from '../../../platform/http/errors.js'
import { MemberDirectory, MemberPhones } from '../members/index.js'
import { BindingQueries } from './bindings.queries.js'

/** A number that somebody enters for a member. */
export interface EnteredPhone {
  memberId: string
  unitId: string
  /** The number that holds. */
  before: string | null
  phone: string
}

interface EnteredWhere {
  unitId: string
  groupId?: string | null
  reason: string
}

export interface EnteredResult {
  /** The requests that now wait. */
  requestIds: string[]
  /** Members whose old number holds until a second person has agreed. */
  held: Set<string>
}

const WAITS = '已提交。原手机号在另一位有此职责的人确认之前照常有效。'
const NOBODY_ELSE = '没有第二位可以确认的人，请系统管理员凭文件办理。原手机号照常有效。'

/**
 * Every way to change a member's telephone passes here. Whoever holds the number can claim the membership, so the number
 * of somebody who is bound changes only when a second person agrees.
 */
@Injectable()
export class PhoneChanges {
  constructor(
    private readonly database: Database,
    private readonly access: Access,
    private readonly grants: Grants,
    private readonly directory: MemberDirectory,
    private readonly phones: MemberPhones,
    private readonly bindings: BindingQueries,
    private readonly approvals: Approvals,
  ) {}

  /** @throws NotFound; Conflict when it is the same number, or when a change waits already */
  async change(actor: Actor, memberId: string, { phone, reason }: ChangePhone): Promise<PhoneChange> {
    const { unitId, phone: before } = await this.directory.load(actor, 'member.phone', memberId)
    if (before === phone) {
      throw new Conflict('member.phone-same', '登记的本来就是这个手机号，不用更换。')
    }
    const { requestIds } = await this.database.transaction(async () => {
      await this.directory.lock([memberId])
      return this.enter(actor, [{ memberId, unitId, before, phone }], { unitId, reason })
    })
    const approvalId = requestIds[0] ?? null
    const shown = approvalId === null ? phone : before
    return {
      state: approvalId === null ? 'changed' : 'waiting',
      phone: shown && maskPhone(shown),
      approvalId,
      message: await this.messageOf(approvalId),
    }
  }

  /**
   * Writes the numbers of members who are not bound, and asks for the others. Call it in a transaction that holds the
   * members. Somebody who holds a role is asked about apart from a list, because this person could not decide the list.
   * @param where the unit whose holders decide; with `groupId` all of them at once, without those who are asked about already
   */
  async enter(by: Person, entered: readonly EnteredPhone[], where: EnteredWhere): Promise<EnteredResult> {
    const ids = entered.map(({ memberId }) => memberId)
    const [bound, holders, waiting] = await Promise.all([
      this.bindings.boundAmong(ids),
      this.grants.holdersAmong(ids),
      this.approvals.waitingAmong('member.phone', ids),
    ])
    const { unitId, groupId = null, reason } = where
    const requestIds: string[] = []
    const together: EnteredPhone[] = []
    for (const change of entered) {
      const { memberId } = change
      const isFree = !bound.has(memberId) && !holders.has(memberId) && !waiting.has(memberId)
      if (isFree) await this.write(by, change)
      else if (groupId !== null && waiting.has(memberId)) continue
      else if (groupId !== null && !holders.has(memberId)) together.push(change)
      else {
        const deciding = holders.has(memberId) ? await this.decidingUnit(memberId, unitId) : unitId
        requestIds.push(...(await this.ask(by, [change], { unitId: deciding, reason })))
      }
    }
    if (together.length > 0) requestIds.push(...(await this.ask(by, together, { unitId, groupId, reason })))
    const held = ids.filter((id) => bound.has(id) || holders.has(id) || waiting.has(id))
    return { requestIds, held: new Set(held) }
  }

  private ask(
    by: Person,
    changes: readonly EnteredPhone[],
    { unitId, groupId = null, reason }: EnteredWhere,
  ): Promise<string[]> {
    const requests = changes.map(({ memberId, before, phone }) => ({
      subjectId: memberId,
      aboutMemberId: memberId,
      content: { before, phone, reason },
    }))
    return this.approvals.ask(by, 'member.phone', { unitId, groupId }, ...requests)
  }

  private write({ accountId, membership }: Person, { memberId, unitId, phone }: EnteredPhone): Promise<void> {
    return this.phones.set({ id: memberId, unitId }, phone, {
      enteredBy: accountId,
      enteredByMemberId: membership?.memberId ?? null,
      approvedBy: null,
    })
  }

  /** The unit that decides about somebody who holds a role: the widest one of their roles, or the one that is given. */
  private async decidingUnit(memberId: string, unitId: string): Promise<string> {
    const path = await this.access.decidingPath(memberId, unitId)
    return path.split('/').at(-2) ?? unitId
  }

  private async messageOf(approvalId: string | null): Promise<string> {
    if (approvalId === null) return '手机号已更换。'
    return (await this.approvals.somebodyMayDecide(approvalId)) ? WAITS : NOBODY_ELSE
  }
}
