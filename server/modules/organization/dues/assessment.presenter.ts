import type { Assessment } from '../../../contracts/organization/dues.js'
import type { AssessmentRecord } from './assessment.entity.js'
import { CLASS_RULES, explain } from './dues.rules.js'

export const presentAssessment = (row: AssessmentRecord, recorder: string | null): Assessment => ({
  id: row.id,
  fromMonth: row.fromOn.slice(0, 7),
  untilMonth: row.untilOn?.slice(0, 7) ?? null,
  duesClass: row.duesClass,
  baseFen: row.baseFen,
  amountFen: row.amountFen,
  sentence: sentenceOf(row),
  article: CLASS_RULES[row.duesClass].article,
  reason: row.reason,
  assessedBy: recorder,
  assessedAt: row.recordedAt.toISOString(),
  withdrawnAt: row.withdrawnAt?.toISOString() ?? null,
})

function sentenceOf({ duesClass, baseFen, rateBasisPoints, amountFen, rounding }: AssessmentRecord): string {
  const { inWords, base } = CLASS_RULES[duesClass]
  if (amountFen !== null && rounding !== null) {
    return explain({ duesClass, baseFen, rateBasisPoints, amountFen, rounding })
  }
  if (base) return `${inWords}党员，${base}还没有核定。`
  return duesClass === 'farmer'
    ? `${inWords}党员，按本单位规定的数额缴纳。`
    : `${inWords}党员，每月 0.20 元。`
}
