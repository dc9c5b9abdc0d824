import type { Bench, Figures, World } from './bench.js'
import { signIn } from './callers.js'
import { Installation } from './installation.js'
import { load } from './load.js'
import { alternate, type Measure } from './rounds.js'
import { rounded } from './statistics.js'
import { warmUp } from './warm-up.js'

const ADDRESS = '/api/v1/me/bills'

/** The same question among few and among many: it must not matter how large the county is. */
export const scale: Bench = {
  name: 'scale',
  rounds: 'rounds',
  targets: [{ figure: 'p50LargeToSmall', atMost: 1.3 }],
  keys: ['p50LargeToSmall', 'p50SmallMs', 'p50LargeMs', 'p99SmallMs', 'p99LargeMs'],
  async run(world: World): Promise<Figures> {
    const { rounds, smallMembers, largeMembers } = world.settings
    const installation = await Installation.open(world)
    const sides = [
      ['small', await prepare(world, installation, smallMembers)],
      ['large', await prepare(world, installation, largeMembers)],
    ] as const
    const measured = await alternate(sides, rounds, world.say)
    const small = measured.median('small.p50Ms')
    const large = measured.median('large.p50Ms')
    return {
      p50LargeToSmall: rounded(large / small),
      p50SmallMs: small,
      p50LargeMs: large,
      p99SmallMs: measured.median('small.p99Ms'),
      p99LargeMs: measured.median('large.p99Ms'),
    }
  },
}

async function prepare(world: World, installation: Installation, members: number): Promise<Measure> {
  const { connections, roundSeconds: seconds, signedIn } = world.settings
  const server = await installation.product(members)
  const callers = await signIn(server.url, members, signedIn)
  await warmUp(server.url + ADDRESS, callers, world.settings)
  return async () => {
    const { p50, p99, requestsPerSecond } = await load(server.url + ADDRESS, callers, {
      connections,
      seconds,
    })
    return { p50Ms: p50, p99Ms: p99, requestsPerSecond }
  }
}
