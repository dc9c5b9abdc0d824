import { IsIn, IsInt, IsOptional, Matches, Max, Min } from 'class-validator'

export const ROUNDINGS = ['fen', 'jiao'] as const
export type Rounding = (typeof ROUNDINGS)[number]

/** What is decided for a month and those after it. */
export class LaterDuesPolicy {
  farmerFen: number
  rounding: Rounding
  /** `YYYY-MM` */
  fromMonth: string
}

export class DuesPolicy {
  unitId: string
  /** Monthly dues of a farmer in fen, 20 to 100. */
  farmerFen: number
  rounding: Rounding
  /** Since which month it holds, `YYYY-MM`. */
  fromMonth: string
  /** Decided already, not in force yet; earliest first. */
  later: LaterDuesPolicy[]
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
  @Matches(/^\d{4}-(0[1-9]|1[0-2])$/)
  fromMonth?: string
}
