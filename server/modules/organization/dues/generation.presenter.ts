import type { Generation } from '../../../contracts/organization/generation.js'
import type { GenerationRecord } from './generation.entity.js'

export const presentGeneration = (row: GenerationRecord, unitName: string): Generation => ({
  id: row.id,
  month: row.month,
  unitName,
  state: row.state,
  createdCount: row.createdCount,
  createdFen: row.createdFen,
  missingAssessmentCount: row.missingAssessmentCount,
  requestedAt: row.requestedAt.toISOString(),
  finishedAt: row.finishedAt?.toISOString() ?? null,
  problem: row.problem,
})
