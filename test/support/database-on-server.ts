import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Connection, RowDataPacket } from 'mysql2/promise'

const ASK_EVERY_MS = 5

/** One database on the throw-away server of this run, which `global-setup.cjs` has started. */
export class DatabaseOnServer {
  private constructor(
    readonly name: string,
    private readonly server: URL,
  ) {}

  /** @param server as `DATABASE_URL` names it */
  static async create(server: string): Promise<DatabaseOnServer> {
    const database = DatabaseOnServer.named(`world_${randomBytes(6).toString('hex')}`, server)
    await database.ask(`CREATE DATABASE ${database.name} CHARACTER SET utf8mb4`)
    return database
  }

  static named(name: string, server: string): DatabaseOnServer {
    return new DatabaseOnServer(name, new URL(server))
  }

  get url(): string {
    const url = new URL(this.server)
    url.pathname = `/${this.name}`
    return url.href
  }

  async drop(): Promise<void> {
    await this.ask(`DROP DATABASE ${this.name}`)
  }

  /** Its tables as statements: the same text for the same schema. */
  async schema(): Promise<string> {
    return this.connected(async (connection) => {
      const statements: string[] = []
      for (const table of await tablesOf(connection, this.name)) {
        const [[row]] = await connection.query<RowDataPacket[]>(`SHOW CREATE TABLE ${this.name}.\`${table}\``)
        statements.push(String(row?.['Create Table']).replace(/ AUTO_INCREMENT=\d+/, ''))
      }
      return statements.join(';\n')
    })
  }

  /** Deletes every row of every table but the list of migrations, after cutting off whoever is still connected. */
  async empty(): Promise<void> {
    await this.connected(async (connection) => {
      for (let left = await othersIn(connection, this.name); left.length > 0;) {
        for (const id of left) await connection.query('KILL ?', [id]).catch(ignoreThatItIsGone)
        await pause(ASK_EVERY_MS)
        left = await othersIn(connection, this.name)
      }
      const tables = (await tablesOf(connection, this.name)).filter((table) => table !== 'migrations')
      await connection.query(tables.map((table) => `DELETE FROM ${this.name}.\`${table}\``).join(';'))
    })
  }

  private ask(statement: string): Promise<unknown> {
    return this.connected((connection) => connection.query(statement))
  }

  private async connected<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    // Loaded here, because the embedded engine does not need it.
    const { createConnection } = await import('mysql2/promise')
    const connection = await createConnection({
      user: this.server.username,
      socketPath: this.server.searchParams.get('socket') ?? undefined,
      multipleStatements: true,
    })
    try {
      return await work(connection)
    } finally {
      await connection.end()
    }
  }
}

async function tablesOf(connection: Connection, database: string): Promise<string[]> {
  const [rows] = await connection.query<RowDataPacket[]>(`SHOW TABLES FROM ${database}`)
  return rows.map((row) => String(Object.values(row)[0]))
}

async function othersIn(connection: Connection, database: string): Promise<number[]> {
  const [rows] = await connection.query<RowDataPacket[]>('SHOW PROCESSLIST')
  return rows.filter((row) => row['db'] === database).map((row) => Number(row['Id']))
}

const ignoreThatItIsGone = () => undefined
