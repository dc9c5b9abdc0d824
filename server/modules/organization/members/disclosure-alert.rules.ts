/** Readings of full numbers by one person in an hour that nobody asks about: our choice, a branch telephoned one by one. */
export const QUIET_DISCLOSURES = 30

export const HOUR_MS = 3600_000

/** The hour of the clock in UTC: `2026-11-21T04`. */
export const hourKeyOf = (instant: Date): string => instant.toISOString().slice(0, 13)
