import { QueryFailedError, type DataSource } from 'typeorm'

/** The part of mysql2's pool that is used here; TypeORM's driver keeps it and types it as anything. */
interface Pool {
  execute(sql: string, values: unknown[], done: (error: Error | null, rows: unknown) => void): void
}

/**
 * A read that the database server has parsed and planned before: it goes to the pool as a prepared statement, past
 * TypeORM's query runner and the text protocol, which together cost more than the rows of a small answer.
 */
export type PreparedReads = <Row>(sql: string, parameters: unknown[]) => Promise<Row[]>

/** @returns undefined on the embedded engine, where statements are kept prepared anyway */
export function preparedReadsOf({ driver }: DataSource): PreparedReads | undefined {
  const { pool } = driver as { pool?: Pool }
  if (!pool?.execute) return undefined
  return <Row>(sql: string, values: unknown[]) =>
    new Promise<Row[]>((resolve, reject) => {
      pool.execute(sql, values, (error, rows) => {
        // As TypeORM would say it, so that whoever asks what kind of error it is finds out.
        if (error) reject(new QueryFailedError(sql, values, error))
        else resolve(rows as Row[])
      })
    })
}
