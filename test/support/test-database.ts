import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DataSource } from 'typeorm'
import { DatabaseOnServer } from './database-on-server.js'
import { Template, workerFolder } from './templates.js'

export interface TestDatabase {
  /** Undefined for the embedded engine, which lives in the world's own folder. */
  url: string | undefined
  drop(): Promise<void>
}

export interface MigratedDatabase extends TestDatabase {
  /**
   * Call it after the connection is open. Runs the migrations that are missing; none are when an earlier test of this
   * run has run them.
   */
  migrate(dataSource: DataSource): Promise<void>
}

/** An empty database of its own, on the engine this run tests. */
export async function createDatabase(): Promise<TestDatabase> {
  const server = process.env['DATABASE_URL']
  if (!server) return { url: undefined, drop: () => Promise.resolve() }
  const database = await DatabaseOnServer.create(server)
  return { url: database.url, drop: () => database.drop() }
}

/**
 * A database of its own with all tables and no rows. Migrating takes a tenth of a second on the embedded engine and
 * more than one second on a server, so it is done once: the embedded engine copies the file, a server empties its
 * tables for the next test.
 *
 * @param dataDir where the embedded engine looks for its file
 */
export async function migratedDatabase(dataDir: string): Promise<MigratedDatabase> {
  const server = process.env['DATABASE_URL']
  return server ? usedAgain(server) : copied(dataDir)
}

function copied(dataDir: string): MigratedDatabase {
  const template = new Template('zhibu.sqlite')
  template.copyTo(join(dataDir, 'zhibu.sqlite'))
  return {
    url: undefined,
    async migrate(dataSource) {
      await dataSource.runMigrations()
      await template.keep((path) => dataSource.query('VACUUM INTO ?', [path]))
    },
    drop: () => Promise.resolve(),
  }
}

async function usedAgain(server: string): Promise<MigratedDatabase> {
  const ready = new ReadyDatabases()
  const name = ready.take()
  const database = name ? DatabaseOnServer.named(name, server) : await DatabaseOnServer.create(server)
  let migrated = ''
  return {
    url: database.url,
    async migrate(dataSource) {
      await dataSource.runMigrations()
      migrated = await database.schema()
    },
    async drop() {
      // A story that changed a table, or stopped while it did, must not hand this database to the next one.
      if ((await database.schema()) !== migrated) return database.drop()
      await database.empty()
      ready.put(database.name)
    },
  }
}

/** Names of databases on the server that hold no rows and that no test uses. */
class ReadyDatabases {
  private readonly folder = join(workerFolder(), 'ready')

  put(name: string): void {
    mkdirSync(this.folder, { recursive: true })
    writeFileSync(join(this.folder, name), '')
  }

  take(): string | undefined {
    const [name] = existsSync(this.folder) ? readdirSync(this.folder) : []
    if (name) rmSync(join(this.folder, name))
    return name
  }
}
