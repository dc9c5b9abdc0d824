import { IsInt, IsOptional, IsString, Length, Max, Min } from 'class-validator'

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

  /** Make and model of the phone, shown to its owner in the list of devices. */
  @IsOptional()
  @IsString()
  @Length(1, 60)
  deviceName?: string
}

export class RefreshSession {
  /** The newest refresh token of the session; this call uses it up. */
  @IsString()
  @Length(1, 128)
  refreshToken: string
}

export class Session {
  /** Sent as `Authorization: Bearer …` with every request; lives for minutes. */
  accessToken: string
  /** ISO 8601, UTC. */
  accessExpiresAt: string
  /** Sent only to `POST /session-refreshes`, once, to get a new pair. */
  refreshToken: string
  /** When the session ends unless it is refreshed before; ISO 8601, UTC. */
  refreshExpiresAt: string
}
