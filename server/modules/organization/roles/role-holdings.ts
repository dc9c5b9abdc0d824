import { Injectable } from '@nestjs/common'
import type { Holder } from '../../../platform/access/actor.js'
import { Grants, type EndedGrant, type Ending, type NewGrant } from '../../../platform/access/grants.js'
import { Audit } from '../../../platform/audit/audit.js'
import { TokenCache } from '../../../platform/auth/token-cache.js'
import { Database } from '../../../platform/database/database.js'
import type { NoData } from '../../../platform/audit/event-map.js'
import { Offices, type NewOffice } from '../units/index.js'

/**
 * Gives roles to memberships and offices and ends them, with the event. It authorizes nobody: whoever calls has done
 * so. What it does holds at once in this process and within 5 s in others.
 */
@Injectable()
export class RoleHoldings {
  constructor(
    private readonly database: Database,
    private readonly grants: Grants,
    private readonly offices: Offices,
    private readonly tokens: TokenCache,
    private readonly audit: Audit,
  ) {}

  /** @returns the grant's id @throws a duplicate-key error when the holder has this role over this unit already */
  async give(grant: NewGrant): Promise<string> {
    const id = await this.database.transaction(async () => {
      const id = await this.grants.add(grant)
      await this.audit.record('access.granted', {
        actorId: grant.grantedBy,
        unitId: grant.nodeId,
        subjectId: id,
        data: { role: grant.role, holder: grant.holder.kind },
      })
      return id
    })
    if (grant.accountId) this.tokens.forget(grant.accountId)
    return id
  }

  /** Opens an office of a unit. @returns its id */
  openOffice(office: NewOffice): Promise<string> {
    return this.database.transaction(async () => {
      const id = await this.offices.open(office)
      await this.audit.record('office.opened', {
        actorId: office.openedBy,
        unitId: office.unitId,
        subjectId: id,
      })
      return id
    })
  }

  /** The account sits in the office from now on and acts in its roles. @returns false when somebody else took it */
  takeOffice(id: string, unitId: string, accountId: string): Promise<boolean> {
    return this.database.transaction(async () => {
      if (!(await this.offices.take(id, accountId))) return false
      await this.grants.take({ kind: 'office', id }, accountId)
      await this.audit.record('office.taken', { actorId: accountId, unitId, subjectId: id })
      this.tokens.forget(accountId)
      return true
    })
  }

  /** Ends these grants as far as they have not ended, and closes offices that hold no role any more. */
  async end(ids: readonly string[], ending: Ending): Promise<EndedGrant[]> {
    const ended = await this.database.transaction(async () => {
      const ended = await this.grants.end(ids, ending)
      for (const { id, nodeId, role } of ended) {
        await this.audit.record('access.ended', {
          actorId: ending.revokedBy,
          unitId: nodeId,
          subjectId: id,
          data: { role, endedBy: ending.endedBy },
        })
      }
      await this.closeEmpty(ended)
      return ended
    })
    for (const { accountId } of ended) if (accountId) this.tokens.forget(accountId)
    return ended
  }

  /** Ends all that a membership or an office holds, because what carried it has ended. */
  async endAllOf(holder: Holder, ending: Ending): Promise<void> {
    const open = await this.grants.openOf(holder)
    await this.end(
      open.map(({ id }) => id),
      ending,
    )
  }

  /** Whoever withdraws their consent gives up every office; a membership's roles end with its binding. */
  async leaveOffices(accountId: string): Promise<void> {
    for (const { id } of await this.offices.ofAccount(accountId)) {
      await this.endAllOf({ kind: 'office', id }, { endedBy: 'consent', revokedBy: accountId })
    }
  }

  private async closeEmpty(ended: readonly EndedGrant[]): Promise<void> {
    const offices = new Map(
      ended
        .filter(({ holderKind }) => holderKind === 'office')
        .map(({ holderId, nodeId }) => [holderId, nodeId]),
    )
    for (const [id, unitId] of offices) {
      if ((await this.grants.openOf({ kind: 'office', id })).length > 0) continue
      if (!(await this.offices.close(id))) continue
      await this.audit.record('office.closed', { actorId: null, unitId, subjectId: id })
    }
  }
}

declare module '../../../platform/audit/event-map.js' {
  interface EventMap {
    /** Subject: the office. */
    'office.opened': NoData
    /** Its person has signed in and acts in its roles. */
    'office.taken': NoData
    /** It holds no role any more. */
    'office.closed': NoData
  }
}
