import { schema } from '../../../../server/schema.js'
import { isEmbedded } from '../../../../server/platform/database/engine.js'
import type { World } from '../../../support/world.js'

export type Row = Record<string, unknown>

/** What became of a row: it came, it changed or it went. */
export interface RowChange {
  table: string
  before?: Row
  after?: Row
}

interface LoggedChange {
  id: number
  tableName: string
  rowKey: string
  rowBefore: string | null
  rowAfter: string | null
}

const LOG = 'row_change'
const EVENTS = { INSERT: ['NEW'], UPDATE: ['OLD', 'NEW'], DELETE: ['OLD'] } as const

/**
 * Notices every change of every row, at the price of the changes and not of the rows there are: triggers write each into a table
 * of their own, in the transaction that makes it.
 */
export class RowWatch {
  private last = 0

  private constructor(private readonly world: World) {}

  static async begin(world: World): Promise<RowWatch> {
    const { database } = world
    const document = isEmbedded ? 'text' : 'mediumtext'
    await database.execute(
      `CREATE TABLE ${LOG} (id integer PRIMARY KEY ${isEmbedded ? '' : 'AUTO_INCREMENT'},
       tableName varchar(64), rowKey varchar(300), rowBefore ${document}, rowAfter ${document})`,
    )
    for (const entity of schema.entities) {
      const { tableName, columns, primaryColumns } = database.repository(entity).metadata
      const names = columns.map(({ databaseName }) => databaseName)
      const keys = primaryColumns.map(({ databaseName }) => databaseName)
      const object = (row: 'OLD' | 'NEW') =>
        `json_object(${names.map((name) => `'${name}', ${row}.\`${name}\``).join(', ')})`
      for (const [event, rows] of Object.entries(EVENTS)) {
        const has = (row: 'OLD' | 'NEW') => (rows.some((one) => one === row) ? object(row) : 'NULL')
        const key = `json_array(${keys.map((name) => `${rows[0]}.\`${name}\``).join(', ')})`
        await database.execute(
          `CREATE TRIGGER watch_${tableName}_${event} AFTER ${event} ON ${tableName} FOR EACH ROW BEGIN
           INSERT INTO ${LOG} (tableName, rowKey, rowBefore, rowAfter)
           VALUES ('${tableName}', ${key}, ${has('OLD')}, ${has('NEW')}); END`,
        )
      }
    }
    return new RowWatch(world)
  }

  /** @returns what has changed since it was asked last, once for each row; a row that is as it was has not changed */
  async changes(): Promise<RowChange[]> {
    const logged = await this.world.database.query<LoggedChange>(
      `SELECT * FROM ${LOG} WHERE id > ? ORDER BY id`,
      [this.last],
    )
    this.last = logged.at(-1)?.id ?? this.last
    const rows = new Map<string, { table: string; before: string | null; after: string | null }>()
    for (const { tableName, rowKey, rowBefore, rowAfter } of logged) {
      const name = `${tableName} ${rowKey}`
      const earlier = rows.get(name)
      rows.set(name, { table: tableName, before: earlier ? earlier.before : rowBefore, after: rowAfter })
    }
    return [...rows.values()]
      .filter(({ before, after }) => before !== after)
      .map(({ table, before, after }) => ({
        table,
        ...(before === null ? {} : { before: JSON.parse(before) as Row }),
        ...(after === null ? {} : { after: JSON.parse(after) as Row }),
      }))
  }

  /** What has changed until now is of no interest: it was prepared. */
  async forget(): Promise<void> {
    const [row] = await this.world.database.query<{ last: number | null }>(
      `SELECT MAX(id) AS last FROM ${LOG}`,
    )
    this.last = row?.last ?? this.last
  }
}
