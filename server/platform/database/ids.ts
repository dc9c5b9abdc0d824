import { randomFillSync } from 'node:crypto'
import { ulid } from 'ulid'

/** Asking for chance costs far more than the bytes, and an id takes sixteen: they are fetched for many ids at once. */
const chance = new Uint8Array(4096)
let used = chance.length

/** A fraction below 1, as `ulid` wants it: it takes five bits of each. */
function nextChance(): number {
  if (used === chance.length) {
    randomFillSync(chance)
    used = 0
  }
  return (chance[used++] ?? 0) / 256
}

/** A new id: 26 characters, sorted by the time it was made. Not for ballots, reports or codes, which tell no time. */
export const newId = (): string => ulid(undefined, nextChance)

/** Columns of ids hold ASCII, and MySQL refuses to compare them with anything else: ask before looking up. */
export const isId = (value: unknown): value is string =>
  typeof value === 'string' && /^[0-9A-Za-z]{26}$/.test(value)
