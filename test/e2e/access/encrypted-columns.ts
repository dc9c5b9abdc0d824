import { FieldEncryption } from '../../../server/platform/database/encrypted-column.js'
import { schema } from '../../../server/schema.js'
import type { World } from '../../support/world.js'

/** What stands in an encrypted column. */
export interface EncryptedColumn {
  /** `table.column` */
  name: string
  /** What was encrypted. Nothing of documents, which hold much that may be shown. */
  clear: string[]
  isDocument: boolean
  /** What the database holds instead, with the blind index beside it. */
  sealed: string[]
}

/** Every encrypted column of every table: whoever adds one need not name it in any test. */
export async function encryptedColumns({ database }: World): Promise<EncryptedColumn[]> {
  const found: EncryptedColumn[] = []
  for (const entity of schema.entities as Array<new () => object>) {
    const { tableName, columns } = database.repository(entity).metadata
    const encrypted = columns.filter(({ transformer }) => transformer instanceof FieldEncryption)
    if (encrypted.length === 0) continue
    const rows = await database.repository(entity).find()
    const stored = await database.query<Record<string, unknown>>(`SELECT * FROM ${tableName}`)
    for (const column of encrypted) {
      const { databaseName } = column
      const isDocument = column.type !== 'varchar'
      const values = rows.map((row): unknown => column.getEntityValue(row))
      found.push({
        name: `${tableName}.${databaseName}`,
        clear: isDocument ? [] : textsAmong(values),
        isDocument,
        sealed: textsAmong(stored.flatMap((row) => [row[databaseName], row[`${databaseName}Index`]])),
      })
    }
  }
  return found
}

const textsAmong = (values: unknown[]): string[] =>
  values.filter((value): value is string => typeof value === 'string' && value !== '')
