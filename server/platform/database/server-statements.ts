import { QueryFailedError, type DataSource, type EntityManager } from 'typeorm'
import { flag, readRows, wholeNumber, type ColumnReader } from './row-values.js'
import type { Form, Statements } from './statements.js'

/** The part of mysql2's pool and connections that is used here; TypeORM keeps them and types them as anything. */
interface Executor {
  query: Send
  execute: Send
}
type Send = (sql: string, values: unknown[], done: Done) => void
type Done = (error: Error | null, result: unknown, fields?: Field[]) => void

/** What the server says about a column of its answer. */
interface Field {
  name: string
  /** Empty for what was computed. */
  orgName: string
  columnType: number
}

interface Answer {
  result: unknown
  fields: Field[]
}

/** Numbers of the protocol. Smaller integers always fit, and mysql2 makes a Date of a DATETIME by itself. */
const DECIMAL = 0
const TINY = 1
const FLOAT = 4
const DOUBLE = 5
const LONGLONG = 8
const NEWDECIMAL = 246

/**
 * Statements on MySQL and MariaDB. They go to mysql2 itself, past TypeORM's query runner, which drops what the server
 * says about the columns and costs more than the rows of a small answer.
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
        // As TypeORM would say it, so that whoever asks what kind of error it is finds out.
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
      // The only columns of this type are flags; what is computed is a number on every engine.
      return orgName === '' ? undefined : flag
    default:
      return undefined
  }
}
