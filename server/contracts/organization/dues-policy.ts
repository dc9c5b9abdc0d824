import { IsIn, IsInt, Max, Min } from 'class-validator'

export const ROUNDINGS = ['fen', 'jiao'] as const
export type Rounding = (typeof ROUNDINGS)[number]

export class DuesPolicy {
  unitId: string
  /** Monthly dues of a farmer in fen, 20 to 100. */
  farmerFen: number
  rounding: Rounding
}

export class ChangeDuesPolicy {
  /** Monthly dues of a farmer in fen, 20 to 100. */
  @IsInt()
  @Min(20)
  @Max(100)
  farmerFen: number

  @IsIn(ROUNDINGS)
  rounding: Rounding
}
