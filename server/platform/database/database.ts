import { Injectable } from '@nestjs/common'
import { TransactionHost } from '@nestjs-cls/transactional'
import type { TransactionalAdapterTypeOrm } from '@nestjs-cls/transactional-adapter-typeorm'
import { ClsService } from 'nestjs-cls'
import type { EntityManager, EntityTarget, ObjectLiteral, Repository } from 'typeorm'
import { EmbeddedStatements } from './embedded-statements.js'
import { placeholders } from './dialect.js'
import { isEmbedded } from './engine.js'
import { isDeadlock } from './errors.js'
import { ServerStatements } from './server-statements.js'
import type { Statements } from './statements.js'

/** Runs of a transaction at most. A deadlock rolls the whole transaction back, so it can run again. */
const ATTEMPTS = 4
const MOST_PREPARED_PARAMETERS = 256

type LastStep = () => Promise<void>
/** Adds to what is written at the end of a transaction, by the function that writes it. */
type Collected = Map<(items: never[]) => Promise<void>, { items: unknown[]; write: LastStep }>

/** Kept in the async context of the transaction, because each further context slows down all promises. */
const LAST_STEP = Symbol('last step')

/**
 * All access to the tables goes through this class. A statement inside `transaction` joins that transaction without
 * getting it as an argument. Outside, each statement is committed by itself.
 */
@Injectable()
export class Database {
  private readonly statements: Statements = isEmbedded
    ? new EmbeddedStatements(() => this.host.tx)
    : new ServerStatements(() => this.host.tx)

  /** What is written at the end of each open transaction. */
  private readonly collected = new WeakMap<EntityManager, Collected>()

  constructor(
    private readonly host: TransactionHost<TransactionalAdapterTypeOrm>,
    private readonly context: ClsService,
  ) {}

  repository<T extends ObjectLiteral>(entity: EntityTarget<T>): Repository<T> {
    return this.host.tx.getRepository(entity)
  }

  /**
   * A raw query with `?` for each parameter. On every engine an instant is returned as a Date, a flag as a boolean,
   * and an amount, sum or count as a safe integer. A column that is computed from instants needs a name that ends in
   * `At` or `Until`. A column that is computed from flags is returned as a number.
   * @throws RangeError when a number is not a safe integer
   */
  query<Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return this.statements.query<Row>(sql, parameters, 'plain')
  }

  /** A query that returns exactly one row, such as counts and sums. @throws Error when it returns none */
  async queryOne<Row>(sql: string, parameters: unknown[] = []): Promise<Row> {
    const [row] = await this.query<Row>(sql, parameters)
    if (row === undefined) throw new Error('a query that should have one row has none')
    return row
  }

  /**
   * Like `query`, but a prepared statement on MySQL and MariaDB. Use it only for the few reads that most requests do:
   * each SQL text is kept on every connection, so there must be few different ones.
   */
  queryPrepared<Row>(sql: string, parameters: unknown[]): Promise<Row[]> {
    return this.statements.query<Row>(sql, parameters, 'prepared')
  }

  /** A raw statement that changes rows. @returns how many rows it changed */
  execute(sql: string, parameters: unknown[] = []): Promise<number> {
    return this.statements.execute(sql, parameters, 'plain')
  }

  /**
   * Like `execute`, but prepared: see `queryPrepared`. A statement with more than 256 parameters is sent as text,
   * because its SQL differs with the number of parameters.
   * @returns how many rows it changed
   */
  executePrepared(sql: string, parameters: unknown[]): Promise<number> {
    return this.statements.execute(
      sql,
      parameters,
      parameters.length > MOST_PREPARED_PARAMETERS ? 'plain' : 'prepared',
    )
  }

  /**
   * Runs `work` in a transaction, or in the transaction that is already open. After a deadlock `work` runs again, 4
   * times in all. So `work` must only read and write tables: it must send no message and call no other service.
   */
  async transaction<T>(work: () => Promise<T>): Promise<T> {
    if (this.isInTransaction()) return work()
    const whole = async () => {
      const result = await work()
      await this.writeCollected()
      await this.lastStep()?.()
      return result
    }
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.host.withTransaction(whole)
      } catch (error) {
        if (attempt >= ATTEMPTS || !isDeadlock(error)) throw error
      }
    }
  }

  isInTransaction(): boolean {
    return this.host.isTransactionActive()
  }

  /**
   * Runs `work`. Each transaction that `work` opens runs `lastStep` just before its commit, so the changes of both
   * are committed together or not at all.
   */
  beforeCommit<T>(lastStep: LastStep, work: () => Promise<T>): Promise<T> {
    return this.context.run({ ifNested: 'inherit' }, () => {
      this.context.set(LAST_STEP, lastStep)
      return work()
    })
  }

  /** Runs `work` outside the caller's transaction and without its last step, because several callers share `work`. */
  apart<T>(work: () => Promise<T>): Promise<T> {
    return this.context.run({ ifNested: 'override' }, work)
  }

  /**
   * Locks rows until the open transaction ends. Another transaction that locks or changes them waits, then sees the
   * committed change.
   * @throws Error outside a transaction, because the lock would end at once
   */
  async lock<T extends ObjectLiteral>(
    entity: EntityTarget<T>,
    id: string | readonly string[],
  ): Promise<void> {
    if (!this.isInTransaction()) throw new Error('a row can be locked inside a transaction only')
    const ids = typeof id === 'string' ? [id] : id
    if (ids.length === 0) return
    const { tableName, columns } = this.repository(entity).metadata
    const key = columns.find(({ isPrimary }) => isPrimary)?.databaseName
    const other = columns.find(({ isPrimary }) => !isPrimary)?.databaseName
    // This UPDATE changes nothing but locks the rows on every engine. SQLite has no SELECT … FOR UPDATE.
    await this.execute(`UPDATE ${tableName} SET ${other} = ${other} WHERE ${key} IN (${placeholders(ids)})`, [
      ...ids,
    ])
  }

  /** Compare-and-set: true when the one row that `sql` addresses was still in the expected state. */
  async compareAndSet(sql: string, parameters: unknown[]): Promise<boolean> {
    return (await this.execute(sql, parameters)) === 1
  }

  /**
   * Keeps items until the end of the open transaction and hands all of them to `write` at once, inside it: what many
   * commands of one transaction write costs one statement.
   * @param write always the same function for items of a kind
   */
  writeAtEnd<Item>(items: readonly Item[], write: (items: Item[]) => Promise<void>): void {
    if (!this.isInTransaction()) throw new Error('only a transaction has an end at which to write')
    const collected: Collected = this.collected.get(this.host.tx) ?? new Map<never, never>()
    this.collected.set(this.host.tx, collected)
    const earlier = collected.get(write)
    if (earlier) earlier.items.push(...items)
    else {
      const own = [...items]
      collected.set(write, { items: own, write: () => write(own) })
    }
  }

  private async writeCollected(): Promise<void> {
    const collected = this.collected.get(this.host.tx)
    this.collected.delete(this.host.tx)
    for (const { write } of collected?.values() ?? []) await write()
  }

  private lastStep(): LastStep | undefined {
    return this.context.isActive() ? this.context.get<LastStep | undefined>(LAST_STEP) : undefined
  }
}
