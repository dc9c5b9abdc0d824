import { QueryFailedError, type DataSource, type QueryRunner } from 'typeorm'

/** The part of mysql2's pool and connections that is used here; TypeORM keeps them and types them as anything. */
interface Executor {
  execute(sql: string, values: unknown[], done: (error: Error | null, result: unknown) => void): void
}

/**
 * Statements that the database server has parsed and planned before. They go to mysql2 itself, past TypeORM's query
 * runner and the text protocol, which together cost more than the rows of a small answer.
 */
export class PreparedStatements {
  private constructor(
    private readonly pool: Executor,
    private readonly transaction: () => QueryRunner | undefined,
  ) {}

  /**
   * @param transaction the runner of the transaction that is open around the caller
   * @returns undefined on the embedded engine, where statements are kept prepared anyway
   */
  static of(
    { driver }: DataSource,
    transaction: () => QueryRunner | undefined,
  ): PreparedStatements | undefined {
    const { pool } = driver as { pool?: Executor }
    return pool?.execute ? new PreparedStatements(pool, transaction) : undefined
  }

  /** @returns the rows, or what was changed */
  execute<Result>(sql: string, values: unknown[]): Promise<Result> {
    const runner = this.transaction()
    if (!runner) return this.executeOn<Result>(this.pool, sql, values)
    return runner
      .connect()
      .then((connection: unknown) => this.executeOn<Result>(connection as Executor, sql, values))
  }

  private executeOn<Result>(executor: Executor, sql: string, values: unknown[]): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      executor.execute(sql, values, (error, result) => {
        // As TypeORM would say it, so that whoever asks what kind of error it is finds out.
        if (error) reject(new QueryFailedError(sql, values, error))
        else resolve(result as Result)
      })
    })
  }
}
