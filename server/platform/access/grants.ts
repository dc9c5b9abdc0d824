import { Injectable } from '@nestjs/common'
import { Clock } from '../config/clock.js'
import { Database } from '../database/database.js'
import { placeholders } from '../database/dialect.js'
import { newId } from '../database/ids.js'
import type { ActorGrant, ActorMembership, Holder, HolderKind } from './actor.js'
import { Grant, type GrantEnding } from './grant.entity.js'
import type { Role } from './permissions.js'

/** Nobody has taken the office yet. */
const NOBODY = ''

export interface NewGrant {
  holder: Holder
  /** The account that is the holder's now; null while nobody has taken the office. */
  accountId: string | null
  role: Role
  nodeId: string
  lastOn?: string | null
  /** The post of the holder with which the role comes and ends. */
  post?: { unitId: string; title: string } | null
  reason?: string | null
  document?: string | null
  /** Null when the operator grants. */
  grantedBy: string | null
}

export interface Ending {
  endedBy: GrantEnding
  /** Null when nobody in particular ended it. */
  revokedBy: string | null
  reason?: string | null
}

export interface EndedGrant {
  id: string
  accountId: string
  holderKind: HolderKind
  holderId: string
  role: Role
  nodeId: string
}

/** A grant that has not ended, with the path it covers and the post it comes with. */
export interface OpenGrant extends EndedGrant {
  path: string
  postUnitId: string | null
  postTitle: string | null
}

/** An account that acts in a role, and the member it is bound to when a membership holds the role. */
export interface RoleHolder {
  accountId: string
  holderKind: HolderKind
  holderId: string
}

/** Who holds which role over which node. It authorizes nobody and tells nobody: that is for the room of roles. */
@Injectable()
export class Grants {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @returns its id @throws a duplicate-key error when the holder has this role over this node already */
  async add(grant: NewGrant): Promise<string> {
    const { holder, role, nodeId } = grant
    const id = newId()
    await this.database.repository(Grant).insert({
      id,
      accountId: grant.accountId ?? NOBODY,
      role,
      nodeId,
      holderKind: holder.kind,
      holderId: holder.id,
      postUnitId: grant.post?.unitId ?? null,
      postTitle: grant.post?.title ?? null,
      lastOn: grant.lastOn ?? null,
      reason: grant.reason ?? null,
      document: grant.document ?? null,
      grantedBy: grant.grantedBy,
      grantedAt: this.clock.now(),
      revokedAt: null,
      revokedBy: null,
      endedBy: null,
      endedReason: null,
      openKey: `${holder.id}/${role}/${nodeId}`,
    })
    return id
  }

  /** The account that acts for the holder from now on. */
  async take(holder: Holder, accountId: string): Promise<void> {
    await this.database.execute(
      'UPDATE access_grant SET accountId = ? WHERE holderId = ? AND revokedAt IS NULL',
      [accountId, holder.id],
    )
  }

  /** Ends these grants as far as they have not ended. @returns those that this call ended */
  async end(ids: readonly string[], { endedBy, revokedBy, reason = null }: Ending): Promise<EndedGrant[]> {
    if (ids.length === 0) return []
    await this.database.lock(Grant, ids)
    const open = await this.database.query<EndedGrant>(
      `SELECT id, accountId, holderKind, holderId, role, nodeId FROM access_grant WHERE id IN (${placeholders(ids)}) AND revokedAt IS NULL`,
      [...ids],
    )
    if (open.length === 0) return []
    await this.database.execute(
      `UPDATE access_grant SET revokedAt = ?, revokedBy = ?, endedBy = ?, endedReason = ?, openKey = NULL
       WHERE id IN (${placeholders(open)})`,
      [this.clock.now(), revokedBy, endedBy, reason, ...open.map(({ id }) => id)],
    )
    return open
  }

  /** Grants of the holder that have not ended, with the paths they cover. */
  openOf(holder: Holder): Promise<OpenGrant[]> {
    return this.database.query(
      `SELECT g.id, g.accountId, g.holderKind, g.holderId, g.role, g.nodeId, n.path, g.postUnitId, g.postTitle
       FROM access_grant g JOIN org_node n ON n.id = g.nodeId
       WHERE g.holderId = ? AND g.revokedAt IS NULL`,
      [holder.id],
    )
  }

  /** Grants of an account that may be used today; see `heldBy`. */
  async ofAccount(accountId: string): Promise<AccountGrant[]> {
    return this.database.queryPrepared<AccountGrant>(
      `SELECT g.role, g.nodeId, n.path, g.holderKind, g.holderId FROM access_grant g JOIN org_node n ON n.id = g.nodeId
       WHERE g.accountId = ? AND g.revokedAt IS NULL AND (g.lastOn IS NULL OR g.lastOn >= ?)`,
      [accountId, this.clock.today()],
    )
  }

  /** Ids of grants whose last day is over. @param most how many at a time */
  async overdue(most: number): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(
      `SELECT id FROM access_grant WHERE revokedAt IS NULL AND lastOn < ? ORDER BY id LIMIT ${most}`,
      [this.clock.today()],
    )
    return rows.map(({ id }) => id)
  }

  /** The highest paths over which these members hold a role; those who hold none are left out. */
  async widestAmong(holderIds: readonly string[]): Promise<Map<string, string>> {
    if (holderIds.length === 0) return new Map()
    const rows = await this.database.query<{ holderId: string; path: string }>(
      `SELECT g.holderId, n.path FROM access_grant g JOIN org_node n ON n.id = g.nodeId
       WHERE g.holderId IN (${placeholders(holderIds)}) AND g.revokedAt IS NULL
         AND (g.lastOn IS NULL OR g.lastOn >= ?)
       ORDER BY LENGTH(n.path) DESC`,
      [...holderIds, this.clock.today()],
    )
    // A later entry replaces an earlier one, so the shortest path comes last.
    return new Map(rows.map(({ holderId, path }) => [holderId, path]))
  }

  /** Which of these members hold a role. */
  async holdersAmong(holderIds: readonly string[]): Promise<Set<string>> {
    return new Set((await this.widestAmong(holderIds)).keys())
  }

  /** Accounts that act in one of these roles over a path: granted at its node or above. */
  holdersOver(roles: readonly Role[], path: string): Promise<RoleHolder[]> {
    const nodeIds = path.split('/').filter((id) => id !== '')
    if (roles.length === 0 || nodeIds.length === 0) return Promise.resolve([])
    return this.database.query(
      `SELECT DISTINCT accountId, holderKind, holderId FROM access_grant
       WHERE nodeId IN (${placeholders(nodeIds)}) AND role IN (${placeholders(roles)}) AND revokedAt IS NULL
         AND accountId <> '' AND (lastOn IS NULL OR lastOn >= ?)`,
      [...nodeIds, ...roles, this.clock.today()],
    )
  }
}

/** A grant as it stands on an account, before it is known who the account is. */
export type AccountGrant = Omit<ActorGrant, 'officeId'> & { holderKind: HolderKind; holderId: string }

/** Of an account's grants, those that its offices and its own membership hold; a membership of another person gives nothing. */
export const heldBy = (membership: ActorMembership | null, grants: readonly AccountGrant[]): ActorGrant[] =>
  grants
    .filter(({ holderKind, holderId }) => holderKind === 'office' || holderId === membership?.memberId)
    .map(({ role, nodeId, path, holderKind, holderId }) => ({
      role,
      nodeId,
      path,
      officeId: holderKind === 'office' ? holderId : null,
    }))
