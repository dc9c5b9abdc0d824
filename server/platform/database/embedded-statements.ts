import type { EntityManager, QueryRunner } from 'typeorm'
import { flag, readRows, wholeNumber, type ColumnReader } from './row-values.js'
import type { Statements } from './statements.js'

/** A prepared statement of libsql. */
export interface EmbeddedStatement {
  columns(): EmbeddedColumn[]
}

interface EmbeddedColumn {
  name: string
  /** The type that the table declares, such as `varchar(26)`; null for a computed column. */
  type: string | null
}

/** The query runner of `embedded-isolation.ts`. */
export interface PreparingQueryRunner {
  query(sql: string, parameters?: unknown[], structured?: boolean): Promise<unknown>
  getStmt(sql: string): Promise<EmbeddedStatement>
  release(): Promise<void>
}

/** The format in which TypeORM stores an instant on SQLite. */
const STORED_INSTANT = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$/
const NAMES_AN_INSTANT = /^at$|At$|Until$/

/** Statements on the embedded engine, where every statement is prepared and kept. */
export class EmbeddedStatements implements Statements {
  /** Made once for each prepared statement, because reading its columns takes longer than running it. */
  private readonly readers = new WeakMap<EmbeddedStatement, ColumnReader[]>()

  constructor(private readonly manager: () => EntityManager) {}

  query<Row>(sql: string, parameters: unknown[]): Promise<Row[]> {
    return this.withRunner(async (runner) => {
      const rows = (await runner.query(sql, parameters)) as Array<Record<string, unknown>>
      return readRows<Row>(rows, this.readersOf(await runner.getStmt(sql)))
    })
  }

  execute(sql: string, parameters: unknown[]): Promise<number> {
    return this.withRunner(async (runner) => {
      const { affected } = (await runner.query(sql, parameters, true)) as { affected?: number }
      return affected ?? 0
    })
  }

  private async withRunner<T>(work: (runner: PreparingQueryRunner) => Promise<T>): Promise<T> {
    const { queryRunner, dataSource } = this.manager()
    if (queryRunner) return work(preparing(queryRunner))
    const own = dataSource.createQueryRunner()
    try {
      return await work(preparing(own))
    } finally {
      await own.release()
    }
  }

  private readersOf(statement: EmbeddedStatement): ColumnReader[] {
    const known = this.readers.get(statement)
    if (known) return known
    const readers = statement.columns().flatMap((column) => {
      const read = readerOf(column)
      return read ? [{ name: column.name, read }] : []
    })
    this.readers.set(statement, readers)
    return readers
  }
}

function preparing(runner: QueryRunner): PreparingQueryRunner {
  if ('getStmt' in runner) return runner as QueryRunner & PreparingQueryRunner
  throw new Error('the query runner is not that of the embedded engine')
}

function readerOf({ name, type }: EmbeddedColumn): ColumnReader['read'] | undefined {
  if (type === null) return NAMES_AN_INSTANT.test(name) ? computedInstant : computedNumber
  if (type.startsWith('datetime')) return instant
  if (type === 'bigint') return wholeNumber
  if (type === 'boolean') return flag
  return undefined
}

const computedNumber = (raw: unknown): unknown => (typeof raw === 'number' ? wholeNumber(raw) : raw)

/** SQLite gives no type for a computed value, so an instant is known by its column's name and its format. */
const computedInstant = (raw: unknown): unknown =>
  typeof raw === 'string' && STORED_INSTANT.test(raw) ? instant(raw) : computedNumber(raw)

const instant = (raw: unknown): Date => new Date(`${String(raw).replace(' ', 'T')}Z`)
