import { isDeepStrictEqual } from 'node:util'
import type { Bench, Figures, World } from './bench.js'
import { signIn, type SignedIn } from './callers.js'
import { Installation } from './installation.js'
import { load } from './load.js'
import type { ServerProcess } from './server-process.js'
import { median, medianRatio, rounded } from './statistics.js'
import { warmUp } from './warm-up.js'

const ADDRESS = '/api/v1/me/bills'

type Kind = 'product' | 'bare' | 'usual'
const KINDS: readonly Kind[] = ['product', 'bare', 'usual']
const MEASURES = ['requestsPerSecond', 'p50Ms', 'p99Ms', 'cpuMicroseconds'] as const

/** A member's bills among a million: the product beside a bare handler and beside the same as it is usually written. */
export const myBills: Bench = {
  name: 'my-bills',
  targets: [
    { figure: 'productToBare', atLeast: 0.6 },
    { figure: 'productToUsual', atLeast: 4 },
  ],
  keys: [
    'productToBare',
    'productToUsual',
    'cpuProductToBare',
    'cpuUsualToProduct',
    ...KINDS.flatMap((kind) => MEASURES.map((measure) => `${kind}.${measure}`)),
  ],
  async run(world: World): Promise<Figures> {
    const { settings } = world
    const installation = await Installation.open(world)
    try {
      const servers = {
        product: await installation.product(settings.largeMembers),
        bare: await installation.rival('test/bench/bare-my-bills.js', settings.largeMembers),
        usual: await installation.rival('test/bench/usual/main.js', settings.largeMembers),
      }
      const callers = await signIn(servers.product.url, settings.largeMembers, settings.signedIn)
      await answerTheSame(Object.values(servers), callers)
      return await alternate(world, servers, callers)
    } finally {
      await installation.close()
    }
  },
}

async function alternate(
  { settings, say }: World,
  servers: Record<Kind, ServerProcess>,
  callers: SignedIn[],
): Promise<Figures> {
  const { connections, roundSeconds, rounds } = settings
  for (const kind of KINDS) {
    await warmUp(servers[kind].url + ADDRESS, callers, settings)
  }
  const measured: Record<string, number[]> = {}
  const note = (key: string, value: number) => (measured[key] ??= []).push(value)
  for (let round = 1; round <= rounds; round++) {
    for (const kind of KINDS) {
      const cpuBefore = servers[kind].cpuSeconds()
      const one = await load(servers[kind].url + ADDRESS, callers, { connections, seconds: roundSeconds })
      const cpu = ((servers[kind].cpuSeconds() - cpuBefore) * 1e6) / one.requests
      note(`${kind}.requestsPerSecond`, one.requestsPerSecond)
      note(`${kind}.p50Ms`, one.p50)
      note(`${kind}.p99Ms`, one.p99)
      note(`${kind}.cpuMicroseconds`, cpu)
      say(
        `  round ${round} ${kind.padEnd(8)}${one.requestsPerSecond.toFixed(0).padStart(6)} requests/s` +
          `  p50 ${one.p50.toFixed(2)} ms  p99 ${one.p99.toFixed(2)} ms  ${cpu.toFixed(0)} µs of processor each`,
      )
    }
  }
  const figures = Object.fromEntries(
    Object.entries(measured).map(([key, values]) => [key, rounded(median(values))]),
  )
  const ratio = (one: string, other: string) => rounded(medianRatio(measured[one], measured[other]))
  return {
    productToBare: ratio('product.requestsPerSecond', 'bare.requestsPerSecond'),
    productToUsual: ratio('product.requestsPerSecond', 'usual.requestsPerSecond'),
    cpuProductToBare: ratio('product.cpuMicroseconds', 'bare.cpuMicroseconds'),
    cpuUsualToProduct: ratio('usual.cpuMicroseconds', 'product.cpuMicroseconds'),
    ...figures,
  }
}

/** @throws when two servers tell a member different things: then they did not do the same work */
async function answerTheSame(servers: ServerProcess[], callers: SignedIn[]): Promise<void> {
  for (const { token } of callers) {
    const [first, ...others] = await Promise.all(
      servers.map(async ({ url }) => {
        const answer = await fetch(url + ADDRESS, { headers: { authorization: `Bearer ${token}` } })
        if (!answer.ok) throw new Error(`${url}${ADDRESS}: ${answer.status}`)
        return (await answer.json()) as { items: unknown[] }
      }),
    )
    if (!first || first.items.length !== 12) throw new Error('a member has not twelve bills')
    if (!others.every((other) => isDeepStrictEqual(first, other))) {
      throw new Error(`the answers differ: ${JSON.stringify([first, ...others], null, 1)}`)
    }
  }
}
