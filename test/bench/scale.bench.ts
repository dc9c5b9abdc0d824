import type { Bench, Figures, World } from './bench.js'
import { signIn } from './callers.js'
import { Installation } from './installation.js'
import { load } from './load.js'
import { median, rounded } from './statistics.js'
import { warmUp } from './warm-up.js'

const ADDRESS = '/api/v1/me/bills'

/** The same question among few and among many: it must not matter how large the county is. */
export const scale: Bench = {
  name: 'scale',
  targets: [{ figure: 'p50LargeToSmall', atMost: 1.3 }],
  keys: ['p50LargeToSmall', 'p50SmallMs', 'p50LargeMs', 'p99SmallMs', 'p99LargeMs'],
  async run(world: World): Promise<Figures> {
    const { connections, rounds, roundSeconds, signedIn, smallMembers, largeMembers } = world.settings
    const installation = await Installation.open(world)
    try {
      const sizes = { small: smallMembers, large: largeMembers }
      const entries = Object.entries(sizes).map(async ([name, size]) => {
        const { url } = await installation.product(size)
        return { name, url: url + ADDRESS, callers: await signIn(url, size, signedIn) }
      })
      const sides = await Promise.all(entries)
      for (const { url, callers } of sides) await warmUp(url, callers, world.settings)
      const p50: Record<string, number[]> = { small: [], large: [] }
      const p99: Record<string, number[]> = { small: [], large: [] }
      for (let round = 1; round <= rounds; round++) {
        for (const { name, url, callers } of sides) {
          const one = await load(url, callers, { connections, seconds: roundSeconds })
          p50[name]?.push(one.p50)
          p99[name]?.push(one.p99)
          world.say(
            `  round ${round} ${name} p50 ${one.p50.toFixed(2)} ms, p99 ${one.p99.toFixed(2)} ms, ` +
              `${one.requestsPerSecond.toFixed(0)} requests/s`,
          )
        }
      }
      const small = median(p50['small'] ?? [])
      const large = median(p50['large'] ?? [])
      return {
        p50LargeToSmall: rounded(large / small),
        p50SmallMs: rounded(small),
        p50LargeMs: rounded(large),
        p99SmallMs: rounded(median(p99['small'] ?? [])),
        p99LargeMs: rounded(median(p99['large'] ?? [])),
      }
    } finally {
      await installation.close()
    }
  },
}
