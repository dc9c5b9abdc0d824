import { mkdirSync, mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Bench, Figures, World } from './bench.js'
import { Demonstration } from './demonstration.js'
import { quantile, rounded } from './statistics.js'

interface Sample {
  second: number
  residentMb: number
  heapMb: number
}

/** People using the demonstration, hour after hour: no errors, and no more memory at the end than at the beginning. */
export const soak: Bench = {
  name: 'soak',
  meansSomethingWhenQuick: true,
  targets: [
    { figure: 'errors', atMost: 0 },
    { figure: 'heapGrowthMb', atMost: 8 },
    { figure: 'residentGrowthMb', atMost: 25 },
  ],
  keys: [
    'errors',
    'requests',
    'seconds',
    'requestsPerSecond',
    'p50Ms',
    'p99Ms',
    'heapGrowthMb',
    'residentGrowthMb',
    'peakResidentMb',
  ],
  async run(world: World): Promise<Figures> {
    const { seconds, warmUpSeconds, requestsPerSecond, sampleSeconds } = world.settings.soak
    const folder = mkdtempSync(join(world.folder, 'soak-'))
    mkdirSync(join(folder, 'wechat'))
    const demonstration = await Demonstration.start(folder, world.cleanUp)
    const times: number[] = []
    const underWay = new Set<Promise<void>>()
    const samples: Sample[] = []
    let errors = 0
    const startedAt = performance.now()
    const elapsed = () => (performance.now() - startedAt) / 1000
    let nextSample = warmUpSeconds
    for (let index = 0; elapsed() < warmUpSeconds + seconds; index++) {
      const begunAt = performance.now()
      const one = demonstration.act(index).then(
        () => void times.push(performance.now() - begunAt),
        (error: unknown) => {
          errors += 1
          world.say(`  ${String(error)}`)
        },
      )
      underWay.add(one)
      void one.finally(() => underWay.delete(one))
      if (elapsed() >= nextSample) {
        nextSample += sampleSeconds
        samples.push({ second: elapsed(), ...(await demonstration.memory()) })
      }
      await pause(Math.max(0, startedAt + ((index + 1) * 1000) / requestsPerSecond - performance.now()))
    }
    await Promise.all(underWay)
    return {
      errors,
      requests: times.length,
      seconds: rounded(elapsed(), 0),
      requestsPerSecond: rounded(times.length / elapsed()),
      p50Ms: rounded(quantile(times, 0.5)),
      p99Ms: rounded(quantile(times, 0.99)),
      heapGrowthMb: rounded(growth(samples.map(({ heapMb }) => heapMb))),
      residentGrowthMb: rounded(growth(samples.map(({ residentMb }) => residentMb))),
      peakResidentMb: rounded(Math.max(...samples.map(({ residentMb }) => residentMb)), 0),
    }
  },
}

/** Between the lowest of the first third and the lowest of the last: what lies above waits for the collector. */
function growth(values: number[]): number {
  const third = Math.max(1, Math.floor(values.length / 3))
  return Math.min(...values.slice(-third)) - Math.min(...values.slice(0, third))
}
