import fc from 'fast-check'
import {
  MOST_ATTEMPTS,
  PATIENCE_MS,
  waitBeforeNext,
} from '../../../server/platform/wechat/pay-retry.rules.js'

describe('Sending an order again', () => {
  const chance = fc.double({ min: 0, max: 1, noNaN: true })
  const retryAfter = fc.option(fc.integer({ min: 0, max: 120_000 }), { nil: undefined })
  /** Every wait of somebody whose attempts all fail at once, until there is no point any more. */
  const waits = (chances: number[], asked: number | undefined): number[] => {
    const taken: number[] = []
    let left = PATIENCE_MS
    for (let attempt = 1; ; attempt++) {
      const wait = waitBeforeNext(attempt, chances[attempt - 1] ?? 0, left, asked)
      if (wait === undefined) return taken
      taken.push(wait)
      left -= wait
    }
  }

  it('ends within the patience, whatever chance and WeChat say', () => {
    fc.assert(
      fc.property(
        fc.array(chance, { minLength: MOST_ATTEMPTS, maxLength: MOST_ATTEMPTS }),
        retryAfter,
        (chances, asked) => {
          const taken = waits(chances, asked)
          expect(taken.length).toBeLessThan(MOST_ATTEMPTS)
          expect(taken.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(PATIENCE_MS)
          for (const wait of taken) expect(wait).toBeGreaterThanOrEqual(asked ?? 0)
        },
      ),
    )
  })

  it('waits longer each time', () => {
    fc.assert(
      fc.property(chance, (same) => {
        const [first = 0, second = 0] = waits([same, same], undefined)
        expect(first).toBeGreaterThan(0)
        expect(second).toBeGreaterThan(first)
      }),
    )
  })

  it('does not begin what WeChat wants to come too late', () => {
    expect(waitBeforeNext(1, 0.5, PATIENCE_MS, PATIENCE_MS)).toBeUndefined()
    expect(waitBeforeNext(1, 0.5, PATIENCE_MS, PATIENCE_MS - 1)).toBe(PATIENCE_MS - 1)
  })
})
