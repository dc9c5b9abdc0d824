import { setTimeout as pause } from 'node:timers/promises'
import type { Connection, ResultSetHeader } from 'mysql2/promise'
import { OFFICER_ACCOUNT_ID, ROOT_ID } from './data-set.statements.js'
import type { ServerProcess } from './server-process.js'

const LOOK_EVERY_MS = 50

/** The same rows by the shortest statement there is: no scope, no bill that may exist already, no member left out. */
const BARE = `INSERT INTO dues_bill
    (id, memberId, unitId, month, duesClass, baseFen, rateBasisPoints, rounding, amountFen, state, createdAt)
  SELECT CONCAT(m.id, ?), m.id, m.unitId, ?, m.duesClass, a.baseFen, a.rateBasisPoints,
         COALESCE(a.rounding, p.rounding), COALESCE(a.amountFen, p.farmerFen), 'unpaid', ?
  FROM member m JOIN dues_policy_period p ON p.openKey = m.unitId LEFT JOIN dues_class_period a ON a.openKey = m.id`

/** Makes one month's bills for everybody after the other, and checks that they were made. */
export class MonthGeneration {
  private readonly months = monthsFrom(2026)

  constructor(
    private readonly connection: Connection,
    private readonly members: number,
  ) {}

  /**
   * By the product's job. Asks for a month as the service does, past its question which months may be asked for.
   * @returns bills made in a second
   */
  async byProduct(server: ServerProcess): Promise<number> {
    return this.billsPerSecond(async (month) => {
      const id = `01BENCHH${month.replace('-', '').padStart(18, '0')}`
      const now = new Date()
      await this.connection.query(
        `INSERT INTO dues_generation (id, unitId, month, state, requestedBy, requestedAt)
         VALUES (?, ?, ?, 'waiting', ?, ?)`,
        [id, ROOT_ID, month, OFFICER_ACCOUNT_ID, now],
      )
      await this.connection.query(
        `INSERT INTO job (id, kind, subjectId, attempts, runAfter, createdAt) VALUES (?, 'dues.generate', ?, 0, ?, ?)`,
        [id, id, now, now],
      )
      while (!(await this.isDone(id))) {
        server.checkRunning()
        await pause(LOOK_EVERY_MS)
      }
    })
  }

  /** By one statement. @returns bills made in a second */
  async byStatement(): Promise<number> {
    // As the product does it: else the statement locks every row that it reads, which slows it down.
    await this.connection.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED')
    return this.billsPerSecond(async (month) => {
      await this.connection.query<ResultSetHeader>(BARE, [month.replace('-', ''), month, new Date()])
    })
  }

  private async billsPerSecond(make: (month: string) => Promise<void>): Promise<number> {
    const month = this.months.next().value
    const startedAt = performance.now()
    await make(month)
    const seconds = (performance.now() - startedAt) / 1000
    const [rows] = await this.connection.query('SELECT COUNT(*) AS count FROM dues_bill WHERE month = ?', [
      month,
    ])
    const count = (rows as Array<{ count: number }>)[0]?.count
    if (count !== this.members) throw new Error(`${month}: ${count} bills for ${this.members} members`)
    return this.members / seconds
  }

  private async isDone(id: string): Promise<boolean> {
    const [rows] = await this.connection.query('SELECT state, problem FROM dues_generation WHERE id = ?', [
      id,
    ])
    const [{ state, problem } = { state: '', problem: null }] = rows as Array<{
      state: string
      problem: string | null
    }>
    if (state === 'failed') throw new Error(`the bills were not made: ${problem}`)
    return state === 'done'
  }
}

function* monthsFrom(year: number): Generator<string, never> {
  for (let number = 12 * year; ; number++) {
    yield `${Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, '0')}`
  }
}
