import { Injectable, type OnModuleInit } from '@nestjs/common'
import type { PartyRole } from '../../../contracts/organization/role.js'
import type { Actor } from '../../../platform/access/actor.js'
import type {
  ApprovalKind,
  ApprovalRequest,
  ApprovalWords,
} from '../../../platform/approval/approval-kind.js'
import { Approvals } from '../../../platform/approval/approvals.js'
import { partyRoles } from '../../roles.js'
import { UnitDirectory } from '../units/index.js'
import { RoleHoldings } from './role-holdings.js'

export interface RoleEndingContent {
  role: PartyRole
  holderName: string
  reason: string
}

declare module '../../../platform/approval/approval-kind.js' {
  interface ApprovalContents {
    /** Subject: the grant. */
    'role.end': RoleEndingContent
  }
}

type Request = ApprovalRequest<RoleEndingContent>

/**
 * 收回管理角色: whoever manages roles is not removed by one person alone, or the first to act would be left as the only
 * one. Other roles are ended at once.
 */
@Injectable()
export class RoleEndingKind implements ApprovalKind<'role.end'>, OnModuleInit {
  readonly kind = 'role.end'
  readonly permission = 'role.manage'
  readonly asksPin = true

  constructor(
    private readonly approvals: Approvals,
    private readonly holdings: RoleHoldings,
    private readonly units: UnitDirectory,
  ) {}

  onModuleInit(): void {
    this.approvals.register(this)
  }

  async describe(requests: Request[]): Promise<Map<string, ApprovalWords>> {
    const unitNames = await this.units.namesOf(requests.map(({ unitId }) => unitId))
    return new Map(
      requests.map(({ id, unitId, content: { role, holderName, reason } }) => [
        id,
        {
          title: `收回${holderName}“${partyRoles[role].name}”`,
          lines: [
            { label: '管辖范围', value: unitNames.get(unitId) ?? '' },
            { label: '理由', value: reason },
          ],
        },
      ]),
    )
  }

  async apply({ subjectId, requestedBy, content: { reason } }: Request, _: Actor | null): Promise<void> {
    // Ended meanwhile by what carried it: there is nothing left to do.
    await this.holdings.end([subjectId], { endedBy: 'decision', revokedBy: requestedBy, reason })
  }
}
