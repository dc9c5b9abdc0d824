import { schema } from '../../../../server/schema.js'
import type { World } from '../../../support/world.js'

export type Row = Record<string, unknown>

export interface RowChange {
  table: string
  before?: Row
  after?: Row
}

/** Every row of every table, by table and key, as text. */
export type StoredRows = ReadonlyMap<string, ReadonlyMap<string, string>>

/** Reads all there is. Small worlds only. */
export async function storedRows({ database }: World): Promise<StoredRows> {
  const tables = new Map<string, Map<string, string>>()
  for (const entity of schema.entities as Array<new () => object>) {
    const { tableName, primaryColumns } = database.repository(entity).metadata
    const rows = await database.query<Row>(`SELECT * FROM ${tableName}`)
    const keyOf = (row: Row) => primaryColumns.map(({ databaseName }) => String(row[databaseName])).join(' ')
    tables.set(tableName, new Map(rows.map((row) => [keyOf(row), JSON.stringify(row)])))
  }
  return tables
}

export function changesBetween(before: StoredRows, after: StoredRows): RowChange[] {
  const changes: RowChange[] = []
  for (const [table, rows] of after) {
    const earlier = before.get(table) ?? new Map<string, string>()
    for (const [key, text] of rows) {
      const old = earlier.get(key)
      if (old !== text) changes.push({ table, ...(old ? { before: parsed(old) } : {}), after: parsed(text) })
    }
    for (const [key, text] of earlier) if (!rows.has(key)) changes.push({ table, before: parsed(text) })
  }
  return changes
}

const parsed = (text: string): Row => JSON.parse(text) as Row
