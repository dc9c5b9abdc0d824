import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator'
import { IsMonth } from '../platform/patterns.js'

export const ROUNDINGS = ['fen', 'jiao'] as const
export type Rounding = (typeof ROUNDINGS)[number]

export const LATER_POLICIES = ['keep', 'replace'] as const
export type LaterPolicies = (typeof LATER_POLICIES)[number]

/** What is decided for a month and those after it. */
export class LaterDuesPolicy {
  farmerFen: number
  rounding: Rounding
  /** `YYYY-MM` */
  fromMonth: string
}

export class DuesPolicyCan {
  /** Decide what holds from a month on. */
  change: boolean
}

export class DuesPolicy {
  unitId: string
  unitName: string
  /** Monthly dues of a farmer in fen, 20 to 100. */
  farmerFen: number
  rounding: Rounding
  /** Since which month it holds, `YYYY-MM`. */
  fromMonth: string
  /** Decided already, not in force yet; earliest first. */
  later: LaterDuesPolicy[]
  can: DuesPolicyCan
}

export class ChangeDuesPolicy {
  /** Monthly dues of a farmer in fen, 20 to 100. */
  @IsInt()
  @Min(20)
  @Max(100)
  farmerFen: number

  @IsIn(ROUNDINGS)
  rounding: Rounding

  /** First month it holds for; this one when not given. */
  @IsOptional()
  @IsMonth()
  fromMonth?: string

  /** What becomes of decisions for later months, in this unit or below; needed when there are any. */
  @IsOptional()
  @IsIn(LATER_POLICIES)
  later?: LaterPolicies
}
