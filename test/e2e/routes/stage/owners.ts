import { schema } from '../../../../server/schema.js'
import type { World } from '../../../support/world.js'
import type { Row } from './row-watch.js'

/** Whom or what a row belongs to, as ids. */
export interface Owner {
  account?: unknown
  unit?: unknown
}

/** Columns that say whose a row is by themselves. */
const SAID = ['id', 'accountId', 'actorId', 'unitId', 'nodeId', 'memberId']
/** A row names its order, and the order its account: no further. */
const MOST_STEPS = 2

/** Finds out whose a row of any table is, by the names of its columns and by the rows that they name. */
export class Owners {
  /** Every table, with its key. */
  readonly tables: ReadonlyArray<{ name: string; key: string }>

  constructor(private readonly world: World) {
    this.tables = schema.entities.map((entity) => {
      const { tableName, primaryColumns } = world.database.repository(entity).metadata
      return { name: tableName, key: primaryColumns[0]?.databaseName ?? 'id' }
    })
  }

  async of(table: string, row: Row, steps = MOST_STEPS): Promise<Owner> {
    const account =
      table === 'account' ? row['id'] : (row['accountId'] ?? row['actorId'] ?? row['requestedBy'])
    const isPlace = table === 'unit' || table === 'org_node'
    const unit = isPlace ? row['id'] : (row['unitId'] ?? row['nodeId'] ?? (await this.unitOfMember(row)))
    if (table === 'account_pin') return { account, ...(await this.placeOf(account)) }
    const own = { ...(account ? { account } : {}), ...(unit ? { unit } : {}) }
    if (account || steps === 0) return own
    for (const [name, id] of Object.entries(row)) {
      if (!name.endsWith('Id') || SAID.includes(name) || typeof id !== 'string') continue
      const found = await this.named(id)
      if (found) return { ...(await this.of(found.table, found.row, steps - 1)), ...own }
    }
    return own
  }

  /** Where an account holds a role: whoever manages roles there may clear its PIN. */
  private async placeOf(account: unknown): Promise<Owner> {
    const grant = await this.find('access_grant', 'accountId', account)
    return grant ? { unit: grant['nodeId'] } : {}
  }

  /** Whether a row is about the member that this account is. */
  async isAbout(row: Row, account: unknown): Promise<boolean> {
    const memberId = row['aboutMemberId']
    if (!memberId || !account) return false
    return (await this.find('binding', 'memberKey', memberId))?.['accountId'] === account
  }

  async pathOf(unitId: unknown): Promise<string> {
    const path = (await this.find('org_node', 'id', unitId))?.['path']
    return typeof path === 'string' ? path : ''
  }

  private async unitOfMember(row: Row): Promise<unknown> {
    return row['memberId'] ? (await this.find('member', 'id', row['memberId']))?.['unitId'] : undefined
  }

  /** The row of whatever table that has this id. */
  private async named(id: string): Promise<{ table: string; row: Row } | undefined> {
    for (const { name, key } of this.tables) {
      const row = await this.find(name, key, id)
      if (row) return { table: name, row }
    }
    return undefined
  }

  private async find(table: string, key: string, id: unknown): Promise<Row | undefined> {
    const [row] = await this.world.database.query<Row>(`SELECT * FROM ${table} WHERE ${key} = ?`, [id])
    return row
  }
}
