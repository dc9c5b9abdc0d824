import { ulid } from 'ulid'

/** A new id: 26 characters, sorted by the time it was made. Not for ballots, reports or codes, which tell no time. */
export const newId = (): string => ulid()
