import type { Assessment } from '../../../contracts/organization/dues.js'
import type { AssessmentRecord } from './assessment.entity.js'
import { CLASS_RULES, explain } from './dues.rules.js'

export const presentAssessment = (row: AssessmentRecord): Assessment => ({
  id: row.id,
  fromMonth: row.fromMonth,
  untilMonth: row.untilMonth,
  duesClass: row.duesClass,
  baseFen: row.baseFen,
  amountFen: row.amountFen,
  sentence: explain(row),
  article: CLASS_RULES[row.duesClass].article,
  reason: row.reason,
  assessedAt: row.assessedAt.toISOString(),
})
