/** Days as `YYYY-MM-DD`; `untilOn` is the first day after the period, null while no end is known. */
export interface Days {
  fromOn: string
  untilOn: string | null
}

/** A day after every day: an open end, where ends are compared. */
const NEVER = '~'
const endOf = ({ untilOn }: Days): string => untilOn ?? NEVER

export const overlap = (one: Days, other: Days): boolean =>
  one.fromOn < endOf(other) && other.fromOn < endOf(one)

export const holdsOn = (days: Days, day: string): boolean => days.fromOn <= day && day < endOf(days)

/** Whether there is no day at all between the two ends. */
export const isEmpty = (days: Days): boolean => days.fromOn >= endOf(days)

/** The parts of a period that lie outside of another one, earlier part first: none, one or two. */
export function outside(whole: Days, taken: Days): Days[] {
  if (!overlap(whole, taken)) return [{ fromOn: whole.fromOn, untilOn: whole.untilOn }]
  const before = { fromOn: whole.fromOn, untilOn: taken.fromOn }
  const after = { fromOn: taken.untilOn ?? NEVER, untilOn: whole.untilOn }
  return [before, ...(taken.untilOn === null ? [] : [after])].filter((part) => !isEmpty(part))
}

/**
 * Where a new period ends when nobody says: at the start of the next one already recorded. An earlier entry does not
 * shorten a later one.
 * @returns null when none starts later
 */
export function naturalEnd(recorded: readonly Days[], fromOn: string): string | null {
  const later = recorded.map((period) => period.fromOn).filter((start) => start > fromOn)
  return later.length === 0 ? null : later.reduce((first, start) => (start < first ? start : first))
}

/** Whether the periods, earliest first, leave no day of `days` uncovered. */
export function holdsThroughout(periods: readonly Days[], days: Days): boolean {
  let from = days.fromOn
  for (const period of periods) {
    if (period.fromOn > from) break
    if (endOf(period) > from) from = endOf(period)
  }
  return from >= endOf(days)
}
