import { Injectable } from '@nestjs/common'
import { Access } from '../access/access.js'
import { ApprovalKinds } from './approval-kinds.js'
import type { ApprovalRequestRecord } from './approval-request.entity.js'

/** Whether anybody in the app may decide. Where nobody may, an operator decides by a command. */
@Injectable()
export class Deciders {
  constructor(
    private readonly access: Access,
    private readonly kinds: ApprovalKinds,
  ) {}

  /** @param rows requests of one group: one kind, one unit, one person who asked */
  async existFor(rows: readonly ApprovalRequestRecord[]): Promise<boolean> {
    const [row] = rows
    if (!row) return false
    const { permission } = this.kinds.of(row.kind)
    const holders = await this.access.holdersOf(permission, (await this.access.node(row.unitId)).path)
    const concerned = new Set([row.requesterMemberId, ...rows.map(({ aboutMemberId }) => aboutMemberId)])
    const accounts = new Set([row.requestedBy, ...rows.map(({ aboutAccountId }) => aboutAccountId)])
    return holders.some(
      ({ accountId, holderKind, holderId }) =>
        !accounts.has(accountId) && (holderKind === 'office' || !concerned.has(holderId)),
    )
  }
}
