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

/** Work that lost a deadlock is rolled back whole by the database, so it may simply be done again. */
const ATTEMPTS = 4
const MOST_PREPARED_PARAMETERS = 256

type LastStep = () => Promise<void>
/** Adds to what is written at the end of a transaction, by the function that writes it. */
type Collected = Map<(items: never[]) => Promise<void>, { items: unknown[]; write: LastStep }>

/** Kept beside the transaction in the same context: each context more would slow down every promise there is. */
const LAST_STEP = Symbol('last step')

/**
 * The only way to the tables. Inside `transaction` everything joins the same transaction without being handed it;
 * outside each statement stands alone.
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
   * A raw query, `?` for each parameter. On every engine an instant comes back as a Date, a flag as a boolean, and each
   * amount, sum or count as a safe integer. What is computed from instants takes a name that ends in `At` or `Until`; what
   * is computed from flags is a number.
   * @throws RangeError when a number is no safe integer
   */
  query<Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return this.statements.query<Row>(sql, parameters, 'plain')
  }

  /** A query that has exactly one row, such as one of counts and sums. */
  async queryOne<Row>(sql: string, parameters: unknown[] = []): Promise<Row> {
    const [row] = await this.query<Row>(sql, parameters)
    if (row === undefined) throw new Error('a query that should have one row has none')
    return row
  }

  /**
   * Like `query`, for the few reads that everybody does all the time: a prepared statement on MySQL. Its text must be
   * one of few, because each is kept on every connection.
   */
  queryPrepared<Row>(sql: string, parameters: unknown[]): Promise<Row[]> {
    return this.statements.query<Row>(sql, parameters, 'prepared')
  }

  /** A raw statement that changes rows. @returns how many rows it changed */
  execute(sql: string, parameters: unknown[] = []): Promise<number> {
    return this.statements.execute(sql, parameters, 'plain')
  }

  /**
   * Like `execute`, for the few changes that are made all the time; see `queryPrepared`. A long one, of which there would be as
   * many texts as it has lengths, is not prepared. @returns how many rows it changed
   */
  executePrepared(sql: string, parameters: unknown[]): Promise<number> {
    return this.statements.execute(
      sql,
      parameters,
      parameters.length > MOST_PREPARED_PARAMETERS ? 'plain' : 'prepared',
    )
  }

  /**
   * Runs `work` in a transaction, or in the one that is already open. It is done again when it lost a deadlock,
   * so `work` must do nothing but read and write tables: no message sent, no other service asked.
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
   * Runs `work` so that every transaction it opens ends with `lastStep`, inside it: what the transaction did and
   * what `lastStep` writes are committed together or not at all.
   */
  beforeCommit<T>(lastStep: LastStep, work: () => Promise<T>): Promise<T> {
    return this.context.run({ ifNested: 'inherit' }, () => {
      this.context.set(LAST_STEP, lastStep)
      return work()
    })
  }

  /** Runs `work`, which many callers share, outside of the transaction and the last step of the one who started it. */
  apart<T>(work: () => Promise<T>): Promise<T> {
    return this.context.run({ ifNested: 'override' }, work)
  }

  /**
   * Holds rows until the open transaction ends: whoever else locks or changes them waits, then sees what was done.
   * @throws outside a transaction, which would hold nothing
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
    // Changes nothing; all engines know it as a lock, and SQLite has no SELECT … FOR UPDATE.
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
    const collected: Collected = this.collected.get(this.host.tx) ?? new Map()
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
