import { OPENIDS } from '../../../support/village.js'
import { CAST } from '../../access/route-calls.js'
import type { Role, TwoCounties } from '../../access/two-counties.js'
import { ENDS_ALL_SESSIONS } from './base-calls.js'
import type { Row, RowChange, StoredRows } from './stored-rows.js'

/**
 * The tables each route may write when it accepts a call, written by hand. Routes that are not here only read.
 * Events and their deliveries go with every write.
 */
const WRITES: Record<string, string> = {
  'POST /api/v1/sessions': 'account consent session refresh_token',
  'POST /api/v1/session-refreshes': 'session refresh_token',
  'DELETE /api/v1/sessions/current': 'session refresh_token',
  'DELETE /api/v1/me/devices': 'session refresh_token',
  'DELETE /api/v1/me/devices/{id}': 'session refresh_token',
  'DELETE /api/v1/me/consent': 'consent session refresh_token binding access_grant',
  'PUT /api/v1/me/preferences': 'account',
  'POST /api/v1/payments': 'payment_order payment_line',
  'GET /api/v1/payments/{tradeNo}': 'payment_order payment_line',
  'DELETE /api/v1/payments/{tradeNo}': 'payment_order payment_line',
  'POST /api/v1/bindings': 'binding',
  'POST /api/v1/bindings/{id}/name': 'binding',
  'DELETE /api/v1/bindings/{id}': 'binding',
  'POST /api/v1/bindings/{id}/confirmation': 'binding',
  'POST /api/v1/bindings/{id}/rejection': 'binding',
  'POST /api/v1/bindings/{id}/undoing': 'binding access_grant',
  'POST /api/v1/units': 'unit org_node',
  'PUT /api/v1/units/{id}/dues-policy': 'unit',
  'POST /api/v1/members/{id}/disclosures': 'disclosure',
  'POST /api/v1/members/{id}/assessments': 'dues_assessment member',
  'GET /api/v1/dues-ledger/workbook': 'event',
  'GET /api/v1/dues-ledger/document': 'event',
  'POST /api/v1/dues-generations': 'dues_generation job',
  'GET /api/v1/roster-imports/{id}/refused-rows': 'event',
  'POST /api/v1/roster-imports': 'roster_import roster_import_row',
  'PUT /api/v1/roster-imports/{id}/unit-matches': 'roster_import roster_import_row unit_alias unit org_node',
  'PUT /api/v1/roster-imports/{id}/ticks': 'roster_import_row',
  'POST /api/v1/roster-imports/{id}/execution': 'roster_import job',
  'DELETE /api/v1/roster-imports/{id}': 'roster_import roster_import_row',
}

/** What a call that was refused may leave behind, by hand as well: an attempt of which the branch is told. */
const WRITES_REFUSED: Record<string, string> = {
  'POST /api/v1/bindings': 'binding',
  'POST /api/v1/bindings/{id}/name': 'binding',
}

/** The names of accounts in rows that say who did it. */
const DOERS = [
  'actorId',
  'readerId',
  'uploadedBy',
  'executedBy',
  'requestedBy',
  'assessedBy',
  'decidedBy',
  'grantedBy',
]

export const tablesOf = (route: string, wasAccepted: boolean): string[] => {
  const own = (wasAccepted ? WRITES : WRITES_REFUSED)[route]
  return own ? [...own.split(' '), 'event', 'event_delivery', 'idempotency_key'] : []
}

/** Whose a changed row may be: the caller's account, and the units whose path starts with the caller's. */
export class WriteScope {
  private constructor(
    private readonly accounts: ReadonlyMap<Role, string>,
    private readonly paths: ReadonlyMap<Role, string>,
    /** Whose account a call is about that needs no token. */
    private readonly spokenFor: ReadonlyMap<string, string>,
  ) {}

  static async of({ village }: TwoCounties): Promise<WriteScope> {
    const rows = await village.world.database.query<{ id: string; openid: string }>(
      'SELECT id, openid FROM account',
    )
    const ofPerson = (person: keyof typeof OPENIDS): string =>
      rows.find(({ openid }) => openid === OPENIDS[person])?.id ?? ''
    const accounts = new Map<Role, string>(
      Object.entries(CAST).map(([role, person]) => [role as Role, ofPerson(person)]),
    )
    const committee = `/${village.committee.id}/`
    const paths = new Map<Role, string>([
      ['secretary', `${committee}${village.dongling.id}/`],
      ['officer', committee],
    ])
    const spokenFor = new Map([
      ['POST /api/v1/sessions', ofPerson('stranger')],
      ['POST /api/v1/session-refreshes', ofPerson('lyu')],
    ])
    return new WriteScope(accounts, paths, spokenFor)
  }

  /** @returns the changes that were none of this caller's business */
  beyond(role: Role, route: string, changes: RowChange[], rows: StoredRows): RowChange[] {
    const allowed = tablesOf(route, true)
    return changes.filter(
      (change) => !allowed.includes(change.table) || !this.isOwn(role, route, change, rows),
    )
  }

  private isOwn(role: Role, route: string, { table, before, after }: RowChange, rows: StoredRows): boolean {
    // Whoever says goodbye in these tests has an account made for it, and a code signs in whoever it belongs to.
    if (ENDS_ALL_SESSIONS.includes(route)) return true
    const account = this.spokenFor.get(route) ?? this.accounts.get(role)
    const row = after ?? before ?? {}
    const doers = DOERS.filter((name) => row[name] !== before?.[name]).map((name) => row[name])
    if (doers.some((doer) => doer !== null && doer !== undefined && doer !== account)) return false
    const owner = table === 'account' ? row['id'] : ownerOf(table, row, rows)
    if (owner !== undefined && owner === account) return true
    const path = this.paths.get(role)
    const unit = unitOf(table, row, rows)
    return (
      table === 'event_delivery' ||
      (path !== undefined && unit !== undefined && pathOf(unit, rows).startsWith(path))
    )
  }
}

function ownerOf(table: string, row: Row, rows: StoredRows): unknown {
  if (table === 'payment_line') return find(rows, 'payment_order', row['orderId'])?.['accountId']
  if (table === 'refresh_token') return find(rows, 'session', row['sessionId'])?.['accountId']
  if (table !== 'event') return row['accountId']
  // Nobody does what the server does by itself, such as closing an order at WeChat.
  return row['actorId'] ?? find(rows, 'payment_order', row['subjectId'])?.['accountId']
}

function unitOf(table: string, row: Row, rows: StoredRows): unknown {
  if (table === 'unit' || table === 'org_node') return row['id']
  if (table === 'member' || row['unitId']) return row['unitId']
  if (row['memberId']) return find(rows, 'member', row['memberId'])?.['unitId']
  if (row['importId']) return find(rows, 'roster_import', row['importId'])?.['unitId']
  if (table !== 'job') return undefined
  const subject =
    find(rows, 'roster_import', row['subjectId']) ?? find(rows, 'dues_generation', row['subjectId'])
  return subject?.['unitId']
}

function pathOf(unitId: unknown, rows: StoredRows): string {
  const path = find(rows, 'org_node', unitId)?.['path']
  return typeof path === 'string' ? path : ''
}

function find(rows: StoredRows, table: string, id: unknown): Row | undefined {
  const text = rows.get(table)?.get(String(id))
  return text === undefined ? undefined : (JSON.parse(text) as Row)
}
