import { IsString, Length, Matches } from 'class-validator'

export class ChangePhone {
  /** Eleven digits of a mobile number of the mainland. */
  @IsString()
  @Matches(/^1\d{10}$/)
  phone: string

  /** Why, in words; whoever decides reads it. */
  @IsString()
  @Length(2, 100)
  @Matches(/\S\s*\S/)
  reason: string
}

/** What became of a change of telephone. */
export class PhoneChange {
  /** `changed`: the new number holds. `waiting`: the old number holds until a second person agrees. */
  state: 'changed' | 'waiting'
  /** The number that holds now, masked; null while there is none. */
  phone: string | null
  /** The request, while it waits. */
  approvalId: string | null
  /** What happens next, in words. */
  message: string
}
