import { DataSource } from 'typeorm'
import { dataSourceOptions } from '../../../server/platform/database/data-source.js'

const BUSY_ATTEMPTS = 100
const BUSY_WAIT_MS = 50

/** The database of a server that may be dead, read and written from outside. */
export class Books {
  private constructor(private readonly dataSource: DataSource) {}

  /** @param url undefined for the embedded engine, whose file lies in `dataDir` */
  static async open(url: string | undefined, dataDir: string): Promise<Books> {
    const settings = { url, dataDir, poolSize: 2 }
    const dataSource = new DataSource(dataSourceOptions(settings, { entities: [], migrations: [] }))
    return new Books(await dataSource.initialize())
  }

  close(): Promise<void> {
    return this.dataSource.destroy()
  }

  async query<Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.dataSource.query<Row[]>(sql, parameters)
      } catch (error) {
        // The embedded engine has one writer, and the server may be it.
        if (attempt >= BUSY_ATTEMPTS || !/SQLITE_BUSY|locked/.test(String(error))) throw error
        await new Promise((resolve) => setTimeout(resolve, BUSY_WAIT_MS))
      }
    }
  }

  /** Makes a member owe so many more months, long ago. @returns the bills */
  async owe(billId: string, count: number): Promise<string[]> {
    const memberId = billId.slice(0, 26)
    const months = Array.from({ length: count }, (_, index) => {
      const month = String((index % 12) + 1).padStart(2, '0')
      return `${2000 + Math.floor(index / 12)}-${month}`
    })
    for (const month of months) {
      await this.query(
        `INSERT INTO dues_bill (id, memberId, unitId, month, duesClass, rounding, amountFen, state, createdAt)
         SELECT ?, memberId, unitId, ?, duesClass, rounding, amountFen, 'unpaid', createdAt FROM dues_bill WHERE id = ?`,
        [`${memberId}${month.replace('-', '')}`, month, billId],
      )
    }
    return months.map((month) => `${memberId}${month.replace('-', '')}`)
  }

  /** The orders were opened long enough ago for the clock to ask, and whoever held its lock is dead. */
  async letTimePass(): Promise<void> {
    await this.query(`UPDATE payment_order SET nextAskAt = createdAt WHERE state = 'pending'`)
    await this.query('UPDATE clock_lock SET heldUntil = ?', ['2000-01-01 00:00:00.000'])
  }
}
