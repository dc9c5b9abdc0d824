import { ulid } from 'ulid'

/** A new id: 26 characters, sorted by the time it was made. Not for ballots, reports or codes, which tell no time. */
export const newId = (): string => ulid()

/** Columns of ids hold ASCII, and MySQL refuses to compare them with anything else: ask before looking up. */
export const isId = (value: unknown): value is string =>
  typeof value === 'string' && /^[0-9A-Za-z]{26}$/.test(value)
