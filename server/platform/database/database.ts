import { Injectable } from '@nestjs/common'
import { TransactionHost } from '@nestjs-cls/transactional'
import type { TransactionalAdapterTypeOrm } from '@nestjs-cls/transactional-adapter-typeorm'
import { ClsService } from 'nestjs-cls'
import type { EntityTarget, ObjectLiteral, Repository } from 'typeorm'
import { isEmbedded } from './engine.js'
import { isDeadlock } from './errors.js'
import { PreparedStatements } from './prepared-statements.js'

/** Work that lost a deadlock is rolled back whole by the database, so it may simply be done again. */
const ATTEMPTS = 4
const MOST_PREPARED_PARAMETERS = 256

/** What was gathered in an open transaction, by who writes it. */
type Gathered = Map<object, { items: unknown[]; write: (items: never[]) => Promise<void> }>
type LastStep = () => Promise<void>

/** Kept beside the transaction in the same context: each context more would slow down every promise there is. */
const GATHERED = Symbol('gathered')
const LAST_STEP = Symbol('last step')

/**
 * The only way to the tables. Inside `transaction` everything joins the same transaction without being handed it;
 * outside each statement stands alone.
 */
@Injectable()
export class Database {
  private prepared: PreparedStatements | undefined

  constructor(
    private readonly host: TransactionHost<TransactionalAdapterTypeOrm>,
    private readonly context: ClsService,
  ) {}

  repository<T extends ObjectLiteral>(entity: EntityTarget<T>): Repository<T> {
    return this.host.tx.getRepository(entity)
  }

  /** A raw query, `?` for each parameter. Instants come back as text on the embedded engine: see `instantOf`. */
  query<Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return this.host.tx.query<Row[]>(sql, parameters)
  }

  /**
   * Like `query`, for the few reads that everybody does all the time: a prepared statement on MySQL. Its text must be
   * one of few, because each is kept on every connection.
   */
  queryPrepared<Row>(sql: string, parameters: unknown[]): Promise<Row[]> {
    return this.statements()?.execute<Row[]>(sql, parameters) ?? this.query<Row>(sql, parameters)
  }

  /** A raw statement that changes rows. @returns how many rows it changed */
  async execute(sql: string, parameters: unknown[] = []): Promise<number> {
    const runner = this.host.tx.queryRunner ?? this.host.tx.dataSource.createQueryRunner()
    try {
      const result = (await runner.query(sql, parameters, true)) as {
        affected?: number
        raw?: { affectedRows?: number }
      }
      return result.affected ?? result.raw?.affectedRows ?? 0
    } finally {
      if (runner !== this.host.tx.queryRunner) await runner.release()
    }
  }

  /**
   * Like `execute`, for the few changes that are made all the time; see `queryPrepared`. A long one, of which there would be as
   * many texts as it has lengths, is not prepared. @returns how many rows it changed
   */
  async executePrepared(sql: string, parameters: unknown[]): Promise<number> {
    const prepared = parameters.length > MOST_PREPARED_PARAMETERS ? undefined : this.statements()
    if (!prepared) return this.execute(sql, parameters)
    return (await prepared.execute<{ affectedRows: number }>(sql, parameters)).affectedRows
  }

  /**
   * Runs `work` in a transaction, or in the one that is already open. It is done again when it lost a deadlock,
   * so `work` must do nothing but read and write tables: no message sent, no other service asked.
   */
  async transaction<T>(work: () => Promise<T>): Promise<T> {
    if (this.isInTransaction()) return work()
    const whole = async () => {
      // Made anew for each attempt: what a lost one has gathered is rolled back with it.
      const gathered: Gathered = new Map()
      this.context.set(GATHERED, gathered)
      const result = await work()
      for (const { items, write } of gathered.values()) await write(items as never[])
      await this.ambient<LastStep>(LAST_STEP)?.()
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
   * Writes rows that nothing in the same transaction reads: together, as its last statement; at once when none is open.
   * @param writer whose rows they are: those of one writer go together, by the `write` of the first
   */
  async gather<Item>(writer: object, items: Item[], write: (items: Item[]) => Promise<void>): Promise<void> {
    const open = this.isInTransaction() ? this.ambient<Gathered>(GATHERED) : undefined
    if (!open) return write(items)
    const mine = open.get(writer)
    if (mine) mine.items.push(...items)
    else open.set(writer, { items: [...items], write: write })
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

  /** Compare-and-set: true when the one row that `sql` addresses was still in the expected state. */
  async compareAndSet(sql: string, parameters: unknown[]): Promise<boolean> {
    return (await this.execute(sql, parameters)) === 1
  }

  private ambient<T>(key: symbol): T | undefined {
    return this.context.isActive() ? (this.context.get(key) as T | undefined) : undefined
  }

  private statements(): PreparedStatements | undefined {
    if (isEmbedded) return undefined
    this.prepared ??= PreparedStatements.of(this.host.tx.dataSource, () => this.host.tx.queryRunner)
    return this.prepared
  }
}

/** An instant from a raw query: a Date on MySQL, text in UTC on the embedded engine. */
export function instantOf(value: Date | string): Date {
  if (value instanceof Date) return value
  return new Date(value.includes('T') ? value : `${value.replace(' ', 'T')}Z`)
}
