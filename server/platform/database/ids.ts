import { randomFillSync } from 'node:crypto'
import { ulid } from 'ulid'
import { ID } from '../../contracts/platform/patterns.js'

/** Random bytes for 256 ids of 16 bytes each. They are fetched together, because a call for random bytes is slow. */
const chance = new Uint8Array(4096)
let used = chance.length

/** A random fraction below 1, as `ulid` needs it. `ulid` uses five bits of each fraction. */
function nextChance(): number {
  if (used === chance.length) {
    randomFillSync(chance)
    used = 0
  }
  return (chance[used++] ?? 0) / 256
}

/**
 * A new id: 26 characters that sort by the time it was made. Ballots, reports and codes must not use it, because it
 * shows that time.
 */
export const newId = (): string => ulid(undefined, nextChance)

/** Call it before a look-up: id columns are ASCII, and MySQL refuses to compare them with other characters. */
export const isId = (value: unknown): value is string => typeof value === 'string' && ID.test(value)
