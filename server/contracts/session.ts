import { IsInt, IsString, Length, Max, Min } from 'class-validator'

export class StartSession {
  /** The one-time code of `wx.login`. */
  @IsString()
  @Length(1, 128)
  code: string

  /** Version of the privacy statement the person has just agreed to. */
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  privacyVersion: number
}

export class Session {
  /** Sent as `Authorization: Bearer …`. */
  token: string
  /** ISO 8601, UTC. */
  expiresAt: string
}
