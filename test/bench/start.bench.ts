import { setTimeout as pause } from 'node:timers/promises'
import type { Bench, Figures, World } from './bench.js'
import { Installation } from './installation.js'
import { alternate, type Measure } from './rounds.js'
import { rounded } from './statistics.js'

/** Long enough for what was only needed for starting to be given back. */
const IDLE_MS = 3_000

/** From the start of the process to its first answer, migrations checked, and what it then keeps in memory. */
export const start: Bench = {
  name: 'start',
  rounds: 'starts',
  targets: [
    { figure: 'startMs', atMost: 2_000 },
    { figure: 'residentMb', atMost: 200 },
  ],
  keys: ['startMs', 'slowestStartMs', 'startCpuMs', 'residentMb'],
  async run(world: World): Promise<Figures> {
    const measure = await prepare(world)
    const measured = await alternate([['product', measure]], world.settings.starts, world.say)
    return {
      startMs: rounded(measured.median('product.startMs'), 0),
      slowestStartMs: rounded(measured.highest('product.startMs'), 0),
      startCpuMs: rounded(measured.median('product.startCpuMs'), 0),
      residentMb: rounded(measured.median('product.residentMb'), 0),
    }
  },
  comparison: { figures: ['startMs', 'startCpuMs', 'residentMb'], prepare },
}

async function prepare(world: World, build = world.build): Promise<Measure> {
  const installation = await Installation.open(world, build)
  return async () => {
    const server = await installation.product(world.settings.largeMembers)
    const startCpuMs = server.cpuSeconds() * 1000
    await pause(IDLE_MS)
    const residentMb = server.residentMb()
    await server.stop()
    return { startMs: server.startedAfterMs, startCpuMs, residentMb }
  }
}
