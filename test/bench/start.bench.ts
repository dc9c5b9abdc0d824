import { setTimeout as pause } from 'node:timers/promises'
import type { Bench, Figures, World } from './bench.js'
import { Installation } from './installation.js'
import { median, rounded } from './statistics.js'

/** Long enough for what was only needed for starting to be given back. */
const IDLE_MS = 3_000

/** From the start of the process to its first answer, migrations checked, and what it then keeps in memory. */
export const start: Bench = {
  name: 'start',
  targets: [
    { figure: 'startMs', atMost: 2_000 },
    { figure: 'residentMb', atMost: 200 },
  ],
  keys: ['startMs', 'slowestStartMs', 'startCpuMs', 'residentMb'],
  async run(world: World): Promise<Figures> {
    const installation = await Installation.open(world)
    try {
      const starts: number[] = []
      const cpu: number[] = []
      const resident: number[] = []
      for (let round = 1; round <= world.settings.starts; round++) {
        const server = await installation.product(world.settings.largeMembers)
        starts.push(server.startedAfterMs)
        cpu.push(server.cpuSeconds() * 1000)
        await pause(IDLE_MS)
        resident.push(server.residentMb())
        await server.stop()
        world.say(
          `  start ${round}: ${server.startedAfterMs.toFixed(0)} ms, of which ${(cpu.at(-1) ?? 0).toFixed(0)} ms of ` +
            `processor; ${(resident.at(-1) ?? 0).toFixed(0)} MB resident`,
        )
      }
      return {
        startMs: rounded(median(starts), 0),
        slowestStartMs: rounded(Math.max(...starts), 0),
        startCpuMs: rounded(median(cpu), 0),
        residentMb: rounded(median(resident), 0),
      }
    } finally {
      await installation.close()
    }
  },
}
