import { QueryFailedError, type DataSource, type EntityManager } from 'typeorm'
import { flag, readRows, wholeNumber, type ColumnReader } from './row-values.js'
import type { Form, Statements } from './statements.js'

/** The part of mysql2's pool and connections that is used here. TypeORM holds both, but types them as `any`. */
interface Executor {
  query: Send
  execute: Send
}
type Send = (sql: string, values: unknown[], done: Done) => void
type Done = (error: Error | null, result: unknown, fields?: Field[]) => void

/** The server's description of a column of a result. */
interface Field {
  name: string
  /** Name in the table; empty for a computed column. */
  orgName: string
  columnType: number
}

interface Answer {
  result: unknown
  fields: Field[]
}

/** Types of the MySQL protocol. Smaller integers are always safe; mysql2 itself returns a DATETIME as a Date. */
const DECIMAL = 0
const TINY = 1
const FLOAT = 4
const DOUBLE = 5
const LONGLONG = 8
const NEWDECIMAL = 246

/**
 * Statements on MySQL and MariaDB. They are sent directly through mysql2, because TypeORM's query runner drops the
 * column descriptions and takes longer than reading a small result.
 */
export class ServerStatements implements Statements {
  constructor(private readonly manager: () => EntityManager) {}

  async query<Row>(sql: string, parameters: unknown[], form: Form): Promise<Row[]> {
    const { result, fields } = await this.send(sql, parameters, form)
    return readRows<Row>(result as Array<Record<string, unknown>>, readersOf(fields))
  }

  async execute(sql: string, parameters: unknown[], form: Form): Promise<number> {
    const { result } = await this.send(sql, parameters, form)
    return (result as { affectedRows: number }).affectedRows
  }

  private async send(sql: string, parameters: unknown[], form: Form): Promise<Answer> {
    const { queryRunner, dataSource } = this.manager()
    const executor = queryRunner ? ((await queryRunner.connect()) as Executor) : poolOf(dataSource)
    return new Promise<Answer>((resolve, reject) => {
      const done: Done = (error, result, fields = []) => {
        // The same error class as TypeORM's, so that `isDeadlock` and `isDuplicate` recognize the error.
        if (error) reject(new QueryFailedError(sql, parameters, error))
        else resolve({ result, fields })
      }
      if (form === 'prepared') executor.execute(sql, parameters, done)
      else executor.query(sql, parameters, done)
    })
  }
}

const poolOf = ({ driver }: DataSource): Executor => (driver as unknown as { pool: Executor }).pool

function readersOf(fields: readonly Field[]): ColumnReader[] {
  const readers: ColumnReader[] = []
  for (const field of fields) {
    const read = readerOf(field)
    if (read) readers.push({ name: field.name, read })
  }
  return readers
}

function readerOf({ columnType, orgName }: Field): ColumnReader['read'] | undefined {
  switch (columnType) {
    case LONGLONG:
    case NEWDECIMAL:
    case DECIMAL:
    case DOUBLE:
    case FLOAT:
      return wholeNumber
    case TINY:
      // Table columns of this type are always flags. A computed value is a number on every engine.
      return orgName === '' ? undefined : flag
    default:
      return undefined
  }
}
