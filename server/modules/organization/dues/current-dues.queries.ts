import { Injectable } from '@nestjs/common'
import type { DuesClass } from '../../../contracts/organization/dues.js'
import { Database } from '../../../platform/database/database.js'
import { fixedDues, isComputed } from './dues.rules.js'

@Injectable()
export class CurrentDues {
  constructor(private readonly database: Database) {}

  /** What a member pays for a month, in fen; null while an assessment is missing. */
  async monthlyFen(memberId: string, month: string): Promise<number | null> {
    const [row] = await this.database.query<{
      rosterClass: DuesClass
      assessedClass: DuesClass | null
      amountFen: number | null
      farmerFen: number
    }>(
      `SELECT m.duesClass AS rosterClass, a.duesClass AS assessedClass, a.amountFen, p.farmerFen
       FROM member m JOIN dues_policy p ON p.unitId = m.unitId
       LEFT JOIN dues_assessment a
         ON a.memberId = m.id AND a.fromMonth <= ? AND (a.untilMonth IS NULL OR a.untilMonth > ?)
       WHERE m.id = ?`,
      [month, month, memberId],
    )
    if (!row) return null
    const duesClass = row.assessedClass ?? row.rosterClass
    if (!isComputed(duesClass)) return fixedDues(duesClass, row.farmerFen)
    return row.amountFen
  }
}
