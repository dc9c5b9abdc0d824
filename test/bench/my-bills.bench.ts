import { isDeepStrictEqual } from 'node:util'
import type { Bench, Figures, World } from './bench.js'
import { signIn, type SignedIn } from './callers.js'
import { askAtConstantRate } from './constant-rate.js'
import { Installation } from './installation.js'
import { load } from './load.js'
import { alternate, type Measure } from './rounds.js'
import type { ServerProcess } from './server-process.js'
import { warmUp } from './warm-up.js'

const ADDRESS = '/api/v1/me/bills'

const KINDS = ['product', 'bare', 'usual'] as const
const MEASURES = ['requestsPerSecond', 'p50Ms', 'p99Ms', 'cpuMicroseconds'] as const
const OPEN_MEASURES = ['openP50Ms', 'openP99Ms'] as const

/** A member's bills among a million: the product beside a bare handler and beside the same as it is usually written. */
export const myBills: Bench = {
  name: 'my-bills',
  rounds: 'rounds',
  targets: [
    { figure: 'productToBare', atLeast: 0.5 },
    { figure: 'productToUsual', atLeast: 4 },
    { figure: 'product.openP99Ms', atMost: 300 },
  ],
  keys: [
    'productToBare',
    'productToUsual',
    'cpuProductToBare',
    'cpuUsualToProduct',
    ...KINDS.flatMap((kind) => MEASURES.map((measure) => `${kind}.${measure}`)),
    ...OPEN_MEASURES.map((measure) => `product.${measure}`),
  ],
  async run(world: World): Promise<Figures> {
    const { settings } = world
    const installation = await Installation.open(world)
    const servers = {
      product: await installation.product(settings.largeMembers),
      bare: await installation.rival('bare-my-bills.js', settings.largeMembers),
      usual: await installation.rival('usual/main.js', settings.largeMembers),
    }
    const callers = await signIn(servers.product.url, settings.largeMembers, settings.signedIn)
    await answerTheSame(Object.values(servers), callers)
    for (const kind of KINDS) await warmUp(servers[kind].url + ADDRESS, callers, settings)
    const busy = KINDS.map((kind) => [kind, () => whileBusy(world, servers[kind], callers)] as const)
    const measured = await alternate(
      [...busy, ['product', () => atConstantRate(world, servers.product, callers)]],
      settings.rounds,
      world.say,
    )
    return {
      productToBare: measured.ratio('product.requestsPerSecond', 'bare.requestsPerSecond'),
      productToUsual: measured.ratio('product.requestsPerSecond', 'usual.requestsPerSecond'),
      cpuProductToBare: measured.ratio('product.cpuMicroseconds', 'bare.cpuMicroseconds'),
      cpuUsualToProduct: measured.ratio('usual.cpuMicroseconds', 'product.cpuMicroseconds'),
      ...measured.medians(),
    }
  },
  comparison: {
    figures: [...MEASURES, ...OPEN_MEASURES],
    async prepare(world, build): Promise<Measure> {
      const { largeMembers, signedIn } = world.settings
      const installation = await Installation.open(world, build)
      const server = await installation.product(largeMembers)
      const callers = await signIn(server.url, largeMembers, signedIn)
      await warmUp(server.url + ADDRESS, callers, world.settings)
      return async () => ({
        ...(await whileBusy(world, server, callers)),
        ...(await atConstantRate(world, server, callers)),
      })
    },
  },
}

/** As many requests as it answers, on a few connections that ask again at once. */
async function whileBusy({ settings }: World, server: ServerProcess, callers: SignedIn[]): Promise<Figures> {
  const { connections, roundSeconds: seconds } = settings
  const cpuBefore = server.cpuSeconds()
  const one = await load(server.url + ADDRESS, callers, { connections, seconds })
  const cpuMicroseconds = ((server.cpuSeconds() - cpuBefore) * 1e6) / one.requests
  return { requestsPerSecond: one.requestsPerSecond, p50Ms: one.p50, p99Ms: one.p99, cpuMicroseconds }
}

/** As people ask, who do not wait for each other's answers. */
async function atConstantRate(
  { settings }: World,
  server: ServerProcess,
  callers: SignedIn[],
): Promise<Figures> {
  const { openPerSecond: perSecond, roundSeconds: seconds } = settings
  const { p50, p99 } = await askAtConstantRate(server.url + ADDRESS, callers, { perSecond, seconds })
  return { openP50Ms: p50, openP99Ms: p99 }
}

/** @throws when two servers tell a member different things: then they did not do the same work */
async function answerTheSame(servers: ServerProcess[], callers: SignedIn[]): Promise<void> {
  for (const { token } of callers) {
    const [first, ...others] = await Promise.all(
      servers.map(async ({ url }) => {
        const answer = await fetch(url + ADDRESS, { headers: { authorization: `Bearer ${token}` } })
        if (!answer.ok) throw new Error(`${url}${ADDRESS}: ${answer.status} ${await answer.text()}`)
        return (await answer.json()) as { items: unknown[] }
      }),
    )
    if (!first || first.items.length !== 12) throw new Error('a member has not twelve bills')
    if (!others.every((other) => isDeepStrictEqual(first, other))) {
      throw new Error(`the answers differ: ${JSON.stringify([first, ...others], null, 1)}`)
    }
  }
}
