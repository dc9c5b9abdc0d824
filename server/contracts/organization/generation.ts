import { IsOptional } from 'class-validator'
import { IsId, IsMonth } from '../platform/patterns.js'

export class GenerateDues {
  /** `YYYY-MM` */
  @IsMonth()
  month: string

  /** The unit whose subtree is billed; the actor's own when not given. */
  @IsOptional()
  @IsId()
  unitId?: string
}

/** What a generation would do, before anything is written. */
export class GenerationPreview {
  month: string
  unitId: string
  unitName: string
  /** Members who owe dues for the month. */
  memberCount: number
  /** Of these: already billed. */
  billedCount: number
  /** Of these: no assessment, so no bill can be made. */
  missingAssessmentCount: number
  /** Bills that would be made now. */
  newCount: number
  /** Their sum in fen. */
  newFen: number
}

export class Generation {
  id: string
  month: string
  unitName: string
  state: 'waiting' | 'running' | 'done' | 'failed'
  createdCount: number
  createdFen: number
  missingAssessmentCount: number
  /** ISO 8601, UTC. */
  requestedAt: string
  finishedAt: string | null
  /** Why it failed, in words. */
  problem: string | null
}

/** Newest first, at most 24. */
export class GenerationList {
  items: Generation[]
}
