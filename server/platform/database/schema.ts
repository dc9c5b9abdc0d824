import {
  Table,
  TableColumn,
  TableIndex,
  type ColumnOptions,
  type QueryRunner,
  type TableColumnOptions,
} from 'typeorm'

export interface TableDefinition {
  /** Column name → definition from `column`; the first is the primary key. */
  columns: Record<string, ColumnOptions>
  /** Index name → its columns. */
  indices?: Record<string, string[]>
  /** Like `indices`, but unique: no two rows may have the same values in these columns. */
  uniques?: Record<string, string[]>
}

/** Creates a table on every engine from the column definitions that its entity uses. */
export async function createTable(
  runner: QueryRunner,
  name: string,
  definition: TableDefinition,
): Promise<void> {
  const [primaryKey] = Object.keys(definition.columns)
  const index =
    (unique: boolean) =>
    ([indexName, columnNames]: [string, string[]]) =>
      new TableIndex({ name: indexName, columnNames, isUnique: unique })
  await runner.createTable(
    new Table({
      name,
      columns: Object.entries(definition.columns).map(([columnName, options]) =>
        tableColumn(columnName, options, columnName === primaryKey),
      ),
      indices: [
        ...Object.entries(definition.indices ?? {}).map(index(false)),
        ...Object.entries(definition.uniques ?? {}).map(index(true)),
      ],
    }),
  )
}

/** Adds columns to a table that has rows. So each column must be nullable or have a default. */
export async function addColumns(
  runner: QueryRunner,
  table: string,
  columns: Record<string, ColumnOptions>,
): Promise<void> {
  await runner.addColumns(
    table,
    Object.entries(columns).map(([name, options]) => new TableColumn(tableColumn(name, options, false))),
  )
}

function tableColumn(name: string, options: ColumnOptions, isPrimary: boolean): TableColumnOptions {
  const { type, length, precision, charset, collation, nullable } = options
  const initial: unknown = options.default
  return {
    name,
    type: String(type),
    isPrimary,
    isNullable: nullable ?? false,
    ...(length ? { length: String(length) } : {}),
    ...(precision === undefined || precision === null ? {} : { precision }),
    ...(charset ? { charset } : {}),
    ...(collation ? { collation } : {}),
    ...(initial === undefined
      ? {}
      : { default: typeof initial === 'string' ? `'${initial}'` : JSON.stringify(initial) }),
  }
}
