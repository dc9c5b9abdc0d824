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

export const WAITS = '已提交。原手机号在另一位有此职责的人确认之前照常有效。'
export const NOBODY_ELSE = '没有第二位可以确认的人，请系统管理员凭文件办理。原手机号照常有效。'

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
    const waiting = await this.database.transaction(async () => {
      await this.directory.lock([memberId])
      return this.enter(actor, [{ memberId, unitId, before, phone }], { unitId, reason })
    })
    const approvalId = waiting[0] ?? null
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
   * members.
   * @param where the unit whose holders decide; with `groupId` all of them at once
   * @returns the ids of the requests that now wait
   */
  async enter(
    by: Person,
    entered: readonly EnteredPhone[],
    { unitId, groupId = null, reason }: { unitId: string; groupId?: string | null; reason: string },
  ): Promise<string[]> {
    const ids = entered.map(({ memberId }) => memberId)
    const [bound, holders, waiting] = await Promise.all([
      this.bindings.boundAmong(ids),
      this.grants.holdersAmong(ids),
      this.approvals.waitingAmong('member.phone', ids),
    ])
    const asked: string[] = []
    const together: EnteredPhone[] = []
    for (const change of entered) {
      const { memberId } = change
      const holdsRole = holders.has(memberId)
      if (!bound.has(memberId) && !holdsRole && !waiting.has(memberId)) await this.write(by, change)
      else {
        const wider = holdsRole ? await this.widerOf(memberId, unitId) : null
        if (groupId === null || wider !== null)
          asked.push(...(await this.ask(by, [change], { unitId: wider ?? unitId, reason })))
        else together.push(change)
      }
    }
    if (together.length > 0) asked.push(...(await this.ask(by, together, { unitId, groupId, reason })))
    return asked
  }

  private ask(
    by: Person,
    changes: readonly EnteredPhone[],
    { unitId, groupId = null, reason }: { unitId: string; groupId?: string | null; reason: string },
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

  /** The unit that decides about somebody who has a role over a wider unit than this one; null for others. */
  private async widerOf(memberId: string, unitId: string): Promise<string | null> {
    const path = await this.access.decidingPath(memberId, unitId)
    const decides = path.split('/').at(-2) ?? unitId
    return decides === unitId ? null : decides
  }

  private async messageOf(approvalId: string | null): Promise<string> {
    if (approvalId === null) return '手机号已更换。'
    return (await this.approvals.somebodyMayDecide(approvalId)) ? WAITS : NOBODY_ELSE
  }
}
