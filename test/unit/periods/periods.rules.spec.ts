import fc from 'fast-check'
import {
  holdsOn,
  holdsThroughout,
  isEmpty,
  naturalEnd,
  outside,
  overlap,
  type Days,
} from '../../../server/platform/periods/periods.rules.js'

/** The days of a small calendar, one by one: what the rules say of ranges is counted here. */
const CALENDAR = Array.from({ length: 28 }, (_, index) => `2026-02-${String(index + 1).padStart(2, '0')}`)
const daysOf = (period: Days): string[] => CALENDAR.filter((day) => holdsOn(period, day))

const day = fc.constantFrom(...CALENDAR)
const period: fc.Arbitrary<Days> = fc
  .tuple(day, fc.option(day, { nil: null }))
  .map(([fromOn, untilOn]) => ({ fromOn, untilOn }))
  .filter((days) => !isEmpty(days))

describe('periods, compared day by day', () => {
  it('overlap when they have a day in common', () => {
    fc.assert(
      fc.property(period, period, (one, other) => {
        const common = daysOf(one).filter((on) => daysOf(other).includes(on))
        expect(overlap(one, other)).toBe(common.length > 0)
      }),
    )
  })

  it('what lies outside, and what is taken, are together the whole', () => {
    fc.assert(
      fc.property(period, period, (whole, taken) => {
        const parts = outside(whole, taken)
        const rest = parts.flatMap(daysOf)
        expect(rest).toEqual(daysOf(whole).filter((on) => !daysOf(taken).includes(on)))
        expect(parts.some(isEmpty)).toBe(false)
        // An open end stays open, unless it is taken.
        if (whole.untilOn === null && taken.untilOn !== null) expect(parts.at(-1)?.untilOn).toBeNull()
      }),
    )
  })

  it('a new one ends where the next begins', () => {
    fc.assert(
      fc.property(fc.array(period), day, (recorded, fromOn) => {
        const end = naturalEnd(recorded, fromOn)
        const starts = recorded.map((one) => one.fromOn).filter((start) => start > fromOn)
        expect(end).toBe(starts.sort()[0] ?? null)
      }),
    )
  })

  it('several hold throughout when none of the days is missing', () => {
    fc.assert(
      fc.property(fc.array(period, { maxLength: 4 }), period, (periods, asked) => {
        const sorted = [...periods].sort((one, other) => one.fromOn.localeCompare(other.fromOn))
        const covered = new Set(sorted.flatMap(daysOf))
        const isOpen = asked.untilOn !== null || sorted.some(({ untilOn }) => untilOn === null)
        const expected = isOpen && daysOf(asked).every((on) => covered.has(on))
        expect(holdsThroughout(sorted, asked)).toBe(expected)
      }),
    )
  })
})
