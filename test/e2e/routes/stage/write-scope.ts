import { OPENIDS } from '../../../support/village.js'
import type { RouteDescription } from '../route.js'
import { Owners } from './owners.js'
import type { RowChange } from './row-watch.js'
import { CAST, type Role, type TwoCounties } from './two-counties.js'

/** The names of accounts in rows that say who did it. */
const DOERS = [
  ...['actorId', 'readerId', 'uploadedBy', 'executedBy', 'requestedBy', 'assessedBy', 'decidedBy'],
  'grantedBy',
  'revokedBy',
  'openedBy',
]

/** The tables a call may write. */
export function tablesOf(description: RouteDescription, wasAccepted: boolean): string[] {
  const { writes = [], writesSometimes = {}, writesRefused = {}, withoutEvent, repeated } = description
  const own = wasAccepted ? [...writes, ...Object.keys(writesSometimes)] : Object.keys(writesRefused)
  if (own.length === 0) return []
  const isRepeatable = repeated !== undefined && 'underKey' in repeated
  return [
    ...own,
    ...(withoutEvent === undefined ? ['event', 'event_delivery'] : []),
    ...(isRepeatable ? ['idempotency_key'] : []),
  ]
}

/** Whose a changed row may be: the caller's account, and the units whose path starts with the caller's. */
export class WriteScope {
  private readonly cast: ReadonlySet<unknown>

  private constructor(
    private readonly owners: Owners,
    private readonly accounts: ReadonlyMap<string, string>,
    private readonly paths: ReadonlyMap<Role, string>,
  ) {
    this.cast = new Set(accounts.values())
  }

  static async of({ village }: TwoCounties): Promise<WriteScope> {
    const rows = await village.world.database.query<{ id: string; openid: string }>(
      'SELECT id, openid FROM account',
    )
    const accounts = new Map(
      Object.entries(OPENIDS).map(([person, openid]) => [
        person,
        rows.find((row) => row.openid === openid)?.id ?? '',
      ]),
    )
    const committee = `/${village.committee.id}/`
    const paths = new Map<Role, string>([
      ['secretary', `${committee}${village.dongling.id}/`],
      ['officer', committee],
      ['administrator', committee],
    ])
    return new WriteScope(new Owners(village.world), accounts, paths)
  }

  /** @returns the changes that were none of this caller's business */
  async beyond(
    role: Role,
    description: RouteDescription,
    wasAccepted: boolean,
    changes: RowChange[],
  ): Promise<RowChange[]> {
    const allowed = tablesOf(description, wasAccepted)
    const beyond: RowChange[] = []
    for (const change of changes) {
      const isOwn = allowed.includes(change.table) && (await this.isOwn(role, description, change))
      if (!isOwn) beyond.push(change)
    }
    return beyond
  }

  private async isOwn(
    role: Role,
    { about, ends }: RouteDescription,
    { table, before, after }: RowChange,
  ): Promise<boolean> {
    if (table === 'event_delivery') return true
    const row = after ?? before ?? {}
    const { account, unit } = await this.owners.of(table, row)
    const own = this.ownAccount(role, about, ends ? account : undefined)
    const doers = DOERS.filter((name) => row[name] !== before?.[name]).map((name) => row[name])
    if (doers.some((doer) => doer !== null && doer !== undefined && doer !== own)) return false
    if (account !== undefined && account === own) return true
    if (about === 'self' && (await this.owners.isAbout(row, own))) return true
    const path = this.paths.get(role)
    if (about !== 'scope' || path === undefined || unit === undefined) return false
    return (await this.owners.pathOf(unit)).startsWith(path)
  }

  /** @param other whoever says goodbye, when an account was made for it */
  private ownAccount(role: Role, about: RouteDescription['about'], other: unknown): unknown {
    if (other !== undefined && !this.cast.has(other)) return other
    const person = about in OPENIDS ? about : role === 'nobody' ? '' : CAST[role]
    return this.accounts.get(person)
  }
}
