import fc from 'fast-check'
import { makesRoom } from '../../../server/platform/jobs/lane.rules.js'

const ran = (ranMs: number) => ({ ranMs })
const time = fc.integer({ min: 0, max: 3_600_000 }).map(ran)

describe('A job makes room', () => {
  const longest = ran(60_000)

  it.each([
    ['for one that has not run, after half a second', 500, 0, true],
    ['but not before', 499, 0, false],
    ['for one that has run less than half as long', 20_500, 10_000, true],
    ['but not for one that has run more', 20_499, 10_000, false],
  ])('%s', (_, ranMs, waitingMs, expected) => {
    const run = ran(ranMs)
    expect(makesRoom(run, [run, longest], ran(waitingMs))).toBe(expected)
  })

  it('except for one that has run longest', () => {
    fc.assert(
      fc.property(fc.array(time, { minLength: 1, maxLength: 6 }), time, (running, waiting) => {
        const staying = running.filter((run) => !makesRoom(run, running, waiting))
        const most = Math.max(...running.map(({ ranMs }) => ranMs))
        expect(staying.some(({ ranMs }) => ranMs === most)).toBe(true)
      }),
    )
  })

  it('so rarely that two that never end change places a dozen times in an hour', () => {
    let [running, waiting] = [ran(0), ran(0)]
    let changes = 0
    for (let second = 0; second < 3600; second++) {
      running.ranMs += 1000
      if (!makesRoom(running, [running, ran(Infinity)], waiting)) continue
      changes += 1
      ;[running, waiting] = [waiting, running]
    }
    expect(changes).toBeGreaterThan(5)
    expect(changes).toBeLessThan(15)
  })
})
