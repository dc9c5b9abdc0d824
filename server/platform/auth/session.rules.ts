import type { DeviceEnding } from '../../contracts/platform/device.js'

/** Why a session was ended. `expired` is not among them, because no row is written when a session expires. */
export type SessionEnding = Exclude<DeviceEnding, 'expired'>

export interface SessionSpan {
  startedAt: Date
  expiresAt: Date
  endedAt: Date | null
  endedBecause: SessionEnding | null
}

export interface SessionLengths {
  /** Seconds a session lasts after it was last refreshed. */
  sessionSeconds: number
  /** Seconds a session lasts at most, however often it is refreshed. */
  sessionLongestSeconds: number
}

/** The expiry of a session that starts or is refreshed now. Each refresh moves it, but not beyond the longest time. */
export function sessionEnd(startedAt: Date, now: Date, lengths: SessionLengths): Date {
  return new Date(
    Math.min(
      now.getTime() + lengths.sessionSeconds * 1000,
      startedAt.getTime() + lengths.sessionLongestSeconds * 1000,
    ),
  )
}

/** When and why a session ended; null while it holds. */
export function endingOf(session: SessionSpan, now: Date): { at: Date; because: DeviceEnding } | null {
  if (session.endedAt) return { at: session.endedAt, because: session.endedBecause ?? 'signed-out' }
  return session.expiresAt <= now ? { at: session.expiresAt, because: 'expired' } : null
}
