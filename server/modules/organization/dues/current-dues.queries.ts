import { Injectable } from '@nestjs/common'
import { Database } from '../../../platform/database/database.js'
import { OWED, owedIn } from './owed-bills.sql.js'

@Injectable()
export class CurrentDues {
  constructor(private readonly database: Database) {}

  /** What a member pays for a month, in fen; null while an assessment is missing, and when nothing is owed. */
  async monthlyFen(memberId: string, month: string): Promise<number | null> {
    const { sql, parameters } = owedIn(month)
    const [row] = await this.database.query<{ amountFen: number | null }>(
      `SELECT ${OWED.amountFen} AS amountFen ${sql} AND m.id = ?`,
      [...parameters, memberId],
    )
    return row?.amountFen ?? null
  }
}
