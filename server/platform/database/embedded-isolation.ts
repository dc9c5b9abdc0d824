/*
 * TypeORM's SQLite driver gives every caller the same query runner on the same connection. Two overlapping
 * transactions then share one BEGIN, and a row that one has reported as committed is lost when the other rolls back.
 * Here every query runner has its own state, every transaction has its own WAL connection, and writers wait in a
 * queue.
 * This code uses internals of TypeORM, so package.json names its exact version;
 * test/integration/database/overlapping-transactions-keep-their-promises.spec.ts fails without this code.
 */
import type { DataSource } from 'typeorm'
import { BetterSqlite3QueryRunner } from 'typeorm/driver/better-sqlite3/BetterSqlite3QueryRunner.js'
import type { EmbeddedStatement, PreparingQueryRunner } from './embedded-statements.js'
import { WriteQueue } from './write-queue.js'

interface Connection {
  prepare(sql: string): EmbeddedStatement
  exec(sql: string): void
  close(): void
  readonly inTransaction: boolean
}

/** A connection and its prepared statements, which work only on this connection while it is open. */
interface Lane {
  connection: Connection
  statements: Map<string, EmbeddedStatement>
}

/** The parts of TypeORM's driver that are used here. All exist at run time, but TypeORM's types leave some out. */
interface EmbeddedDriver {
  options: { database: string }
  databaseConnection: Connection
  createDatabaseConnection(): Promise<Connection>
  createQueryRunner(): unknown
  disconnect(): Promise<void>
}

/** The parts of TypeORM's query runner that are used here. Only `getStmt` prepares a statement on a connection. */
interface QueryRunnerSeams {
  isTransactionActive: boolean
  connect(): Promise<Connection>
  getStmt(sql: string): Promise<EmbeddedStatement>
  query(sql: string, parameters?: unknown[], structured?: boolean): Promise<unknown>
  startTransaction(isolation?: unknown): Promise<void>
  commitTransaction(): Promise<void>
  rollbackTransaction(): Promise<void>
  release(): Promise<void>
  beforeMigration(): Promise<void>
  afterMigration(): Promise<void>
}

const StockQueryRunner = BetterSqlite3QueryRunner as unknown as new (driver: unknown) => QueryRunnerSeams

const READS_ONLY = /^\s*(select|pragma|explain|with\b(?![\s\S]*\b(insert|update|delete|replace)\b))/i
const STATEMENTS_PER_LANE = 300
const IDLE_LANES = 4
const TURN_TIMEOUT_MS = 10_000

/** Call before `dataSource.initialize()`. */
export function isolateEmbeddedTransactions(dataSource: DataSource): DataSource {
  const driver = dataSource.driver as unknown as EmbeddedDriver
  const writers = new WriteQueue(TURN_TIMEOUT_MS)
  const idle: Lane[] = []
  const open = new Set<Lane>()
  let shared: Lane | undefined

  const takeLane = async (): Promise<Lane> => {
    const lane = idle.pop() ?? { connection: await driver.createDatabaseConnection(), statements: new Map() }
    open.add(lane)
    return lane
  }
  const returnLane = (lane: Lane) => {
    if (lane.connection.inTransaction) lane.connection.exec('ROLLBACK')
    if (idle.length < IDLE_LANES) idle.push(lane)
    else {
      open.delete(lane)
      lane.connection.close()
    }
  }

  class IsolatedQueryRunner extends StockQueryRunner implements PreparingQueryRunner {
    private lane: Lane | undefined
    private hasTurn = false
    private migrating = false

    constructor() {
      super(driver)
    }

    override connect() {
      return Promise.resolve(this.lane?.connection ?? driver.databaseConnection)
    }

    override getStmt(sql: string) {
      const lane =
        this.lane ??
        (shared ??= {
          connection: driver.databaseConnection,
          statements: new Map<string, EmbeddedStatement>(),
        })
      let statement = lane.statements.get(sql)
      if (!statement) {
        statement = lane.connection.prepare(sql)
        lane.statements.set(sql, statement)
        const [oldest] = lane.statements.keys()
        if (lane.statements.size > STATEMENTS_PER_LANE && oldest !== undefined) lane.statements.delete(oldest)
      }
      return Promise.resolve(statement)
    }

    override async query(sql: string, parameters?: unknown[], structured?: boolean) {
      // A deferred transaction that has read fails to write once another process has written.
      const text = sql === 'BEGIN TRANSACTION' ? 'BEGIN IMMEDIATE' : sql
      const values = parameters?.map((value) => (value instanceof Date ? storedInstant(value) : value))
      if (this.hasTurn || READS_ONLY.test(text)) return super.query(text, values, structured)
      await writers.acquire()
      try {
        return await super.query(text, values, structured)
      } finally {
        writers.release()
      }
    }

    override async startTransaction(isolation?: unknown) {
      if (this.isTransactionActive) return super.startTransaction(isolation)
      await writers.acquire()
      this.hasTurn = true
      try {
        if (!this.migrating) this.lane = await takeLane()
        await super.startTransaction(isolation)
      } catch (error) {
        this.isTransactionActive = false
        this.leave()
        throw error
      }
    }

    override async commitTransaction() {
      await super.commitTransaction()
      if (!this.isTransactionActive) this.leave()
    }

    override async rollbackTransaction() {
      try {
        await super.rollbackTransaction()
      } finally {
        if (!this.isTransactionActive) this.leave()
      }
    }

    override async release() {
      if (this.isTransactionActive) await this.rollbackTransaction().catch(() => undefined)
      this.leave()
      return super.release()
    }

    override async beforeMigration() {
      this.migrating = true
      await super.beforeMigration()
    }

    override async afterMigration() {
      this.migrating = false
      await super.afterMigration()
    }

    private leave() {
      if (this.lane) returnLane(this.lane)
      this.lane = undefined
      if (this.hasTurn) writers.release()
      this.hasTurn = false
    }
  }

  driver.createQueryRunner = () => new IsolatedQueryRunner()
  const disconnect = driver.disconnect.bind(driver)
  driver.disconnect = async () => {
    for (const lane of open) lane.connection.close()
    open.clear()
    idle.length = 0
    shared = undefined
    // Moves the WAL into the database file, because somebody may copy that file without the `-wal` file beside it.
    driver.databaseConnection.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    await disconnect()
  }
  return dataSource
}

/** The format in which TypeORM stores an instant on SQLite, so that raw parameters match stored values. */
function storedInstant(instant: Date): string {
  return instant.toISOString().replace('T', ' ').replace('Z', '')
}
