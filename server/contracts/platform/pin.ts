import { IsOptional, IsString, Matches } from 'class-validator'

export class ChoosePin {
  /** Six digits that are not easy to guess. */
  @IsString()
  @Matches(/^\d{6}$/, { message: '应是六位数字' })
  pin: string

  /** The PIN that holds now; needed unless it is the first one. */
  @IsOptional()
  @IsString()
  @Matches(/^\d{6}$/, { message: '应是六位数字' })
  oldPin?: string
}

export class PinState {
  /** Whether the reader holds a role, and so may have a PIN. */
  mayHave: boolean
  isSet: boolean
}
