import type { DeviceEnding } from '../../contracts/platform/device.js'

/** What a session is ended by; running out needs nobody and is not written down. */
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
  /** Seconds it lasts however often it is refreshed. */
  sessionLongestSeconds: number
}

/** The end of a session that is started or refreshed now: later with every use, but not beyond the longest time. */
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
