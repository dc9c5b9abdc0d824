import { IsIn, IsInt, Max, Min } from 'class-validator'

export class DuesPolicy {
  unitId: string
  /** Monthly dues of a farmer in fen, 20 to 100. */
  farmerFen: number
  rounding: 'fen' | 'jiao'
}

export class ChangeDuesPolicy {
  /** Monthly dues of a farmer in fen, 20 to 100. */
  @IsInt()
  @Min(20)
  @Max(100)
  farmerFen: number

  @IsIn(['fen', 'jiao'])
  rounding: 'fen' | 'jiao'
}
