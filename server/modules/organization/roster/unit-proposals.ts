import { setImmediate } from 'node:timers/promises'
import type { UnknownUnit } from '../../../contracts/organization/roster-import.js'
import { indexUnits, proposeFrom, type KnownUnit } from './unit-name.rules.js'

/** The most names that can be matched in one request. More names are proposed when these are matched. */
const MOST_NAMES = 200

/** A unit name of the file that is none of ours, and how many rows write it. */
export interface WaitingName {
  name: string
  rowCount: number
}

/**
 * Proposals for the names that most rows wait for, most frequent first. Names for which proposals were found earlier
 * keep them. Comparing hundreds of names with thousands of units is slow, so other requests are answered after each
 * name.
 */
export async function proposalsFor(
  waiting: readonly WaitingName[],
  known: readonly KnownUnit[],
  earlier: readonly UnknownUnit[] = [],
): Promise<UnknownUnit[]> {
  const found = new Map(earlier.map(({ name, proposals }) => [name, proposals]))
  const nameOf = new Map(known.map(({ id, name }) => [id, name]))
  const index = indexUnits(known)
  const units: UnknownUnit[] = []
  for (const { name, rowCount } of waiting.slice(0, MOST_NAMES)) {
    const proposals =
      found.get(name) ??
      proposeFrom(index, name).map(({ unitId }) => ({ unitId, name: nameOf.get(unitId) ?? '' }))
    units.push({ name, rowCount, proposals })
    await setImmediate()
  }
  return units
}
