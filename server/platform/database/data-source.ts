import { createRequire } from 'node:module'
import { join } from 'node:path'
import { DataSource, type DataSourceOptions, type MigrationInterface } from 'typeorm'
import { isolateEmbeddedTransactions } from './embedded-isolation.js'
import { engineOf } from './engine.js'
import { mysqlAtReadCommitted } from './read-committed.js'

export interface DatabaseSettings {
  /** `mysql://user:password@host:3306/name` or `mariadb://…`; the embedded engine when undefined. */
  url: string | undefined
  /** Folder of the embedded database file. */
  dataDir: string
  poolSize: number
}

/** The tables of one module and the migrations that create them. */
export interface SchemaPart {
  entities: ReadonlyArray<new () => object>
  /** Classes. Each name ends in 13 digits: when it was written, in ms since 1970. */
  migrations: ReadonlyArray<new () => MigrationInterface>
}

/** All tables and all migrations. */
export interface Schema {
  entities: Array<new () => object>
  migrations: Array<new () => MigrationInterface>
}

/** Joins the parts of all modules and sorts the migrations by the time they were written. */
export function composeSchema(parts: readonly SchemaPart[]): Schema {
  const migrations = parts.flatMap((part) => part.migrations)
  return {
    entities: parts.flatMap(({ entities }) => entities),
    migrations: migrations.sort((one, other) => writtenAt(one) - writtenAt(other)),
  }
}

const writtenAt = ({ name }: { name: string }): number => Number(/\d{13}$/.exec(name)?.[0])

export function dataSourceOptions(settings: DatabaseSettings, schema: Schema): DataSourceOptions {
  const common = {
    ...schema,
    migrationsTransactionMode: 'each' as const,
    synchronize: false,
  }
  const engine = engineOf(settings.url)
  if (engine === 'embedded') {
    return {
      ...common,
      type: 'better-sqlite3',
      // libsql has the same interface, and npm installs its binary from the registry.
      driver: createRequire(__filename)('libsql') as unknown,
      database: join(settings.dataDir, 'zhibu.sqlite'),
      enableWAL: true,
    }
  }
  const url = new URL(settings.url ?? '')
  const socketPath = url.searchParams.get('socket')
  return {
    ...common,
    type: engine,
    driver: mysqlAtReadCommitted(),
    ...(socketPath ? { socketPath } : { host: url.hostname, port: Number(url.port || 3306) }),
    username: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: url.pathname.slice(1),
    charset: 'utf8mb4',
    timezone: 'Z',
    // Text only for numbers beyond 2^53, which `wholeNumber` refuses. Text for every amount would be slower.
    supportBigNumbers: true,
    bigNumberStrings: false,
    poolSize: settings.poolSize,
  }
}

/**
 * Opens the database and checks that the server is MySQL or MariaDB, as the URL says.
 * @throws Error when the scheme of the URL contradicts the server's `VERSION()`
 */
export async function openDataSource(settings: DatabaseSettings, schema: Schema): Promise<DataSource> {
  const dataSource = new DataSource(dataSourceOptions(settings, schema))
  if (dataSource.options.type === 'better-sqlite3') {
    return isolateEmbeddedTransactions(dataSource).initialize()
  }
  await dataSource.initialize()
  const [row] = await dataSource.query<Array<{ version: string }>>('SELECT VERSION() AS version')
  const actual = /mariadb/i.test(row?.version ?? '') ? 'mariadb' : 'mysql'
  if (actual !== dataSource.options.type) {
    await dataSource.destroy()
    throw new Error(
      `DATABASE_URL 以 ${dataSource.options.type}:// 开头，但服务器是 ${row?.version}。请改为 ${actual}://`,
    )
  }
  return dataSource
}
