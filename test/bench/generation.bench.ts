import { setTimeout as pause } from 'node:timers/promises'
import type { Bench, Figures, World } from './bench.js'
import type { Build } from './builds.js'
import { signIn } from './callers.js'
import { Installation } from './installation.js'
import { MonthGeneration } from './month-generation.js'
import { openLoad } from './open-load.js'
import { pay } from './payment-load.js'
import { alternate, type Measure } from './rounds.js'
import type { ServerProcess } from './server-process.js'
import { quantile, rounded } from './statistics.js'
import { UnpaidBills } from './unpaid-bills.js'

interface Ground {
  server: ServerProcess
  months: MonthGeneration
  /** Pays bills while something else goes on. @returns milliseconds of each payment */
  payUntil: (until: Promise<unknown>) => Promise<number[]>
}

/** A month's bills for everybody by the product's job, beside one statement, and payments while it runs. */
export const generation: Bench = {
  name: 'generation',
  rounds: 'generationRounds',
  targets: [
    { figure: 'productToBare', atLeast: 0.5 },
    { figure: 'paymentP99DuringToIdle', atMost: 3 },
  ],
  keys: [
    'productToBare',
    'productBillsPerSecond',
    'bareBillsPerSecond',
    'idleResidentMb',
    'peakResidentMb',
    'paymentP99DuringToIdle',
    'paymentP50IdleMs',
    'paymentP99IdleMs',
    'paymentP50DuringMs',
    'paymentP99DuringMs',
    'paymentsIdle',
    'paymentsDuring',
  ],
  async run(world: World): Promise<Figures> {
    const { generationRounds, idleSeconds } = world.settings
    const { server, months, payUntil } = await prepare(world, world.build)
    await pause(1_000)
    const idleResidentMb = server.residentMb()
    const measured = await alternate(
      [
        ['product', async () => ({ billsPerSecond: await months.byProduct(server) })],
        ['bare', async () => ({ billsPerSecond: await months.byStatement() })],
      ],
      generationRounds,
      world.say,
    )
    await payUntil(pause(1_000))
    const idle = await payUntil(pause(idleSeconds * 1000))
    const during = await payUntil(months.byProduct(server))
    return {
      productToBare: measured.ratio('product.billsPerSecond', 'bare.billsPerSecond'),
      productBillsPerSecond: rounded(measured.median('product.billsPerSecond'), 0),
      bareBillsPerSecond: rounded(measured.median('bare.billsPerSecond'), 0),
      idleResidentMb: rounded(idleResidentMb, 0),
      peakResidentMb: rounded(server.peakMb(), 0),
      paymentP99DuringToIdle: rounded(quantile(during, 0.99) / quantile(idle, 0.99)),
      paymentP50IdleMs: rounded(quantile(idle, 0.5)),
      paymentP99IdleMs: rounded(quantile(idle, 0.99)),
      paymentP50DuringMs: rounded(quantile(during, 0.5)),
      paymentP99DuringMs: rounded(quantile(during, 0.99)),
      paymentsIdle: idle.length,
      paymentsDuring: during.length,
    }
  },
  comparison: {
    figures: ['billsPerSecond', 'paymentP50DuringMs', 'paymentP99DuringMs', 'peakResidentMb'],
    async prepare(world, build): Promise<Measure> {
      const { server, months, payUntil } = await prepare(world, build)
      await payUntil(pause(1_000))
      return async () => {
        const made = months.byProduct(server)
        const during = await payUntil(made)
        return {
          billsPerSecond: await made,
          paymentP50DuringMs: quantile(during, 0.5),
          paymentP99DuringMs: quantile(during, 0.99),
          peakResidentMb: server.peakMb(),
        }
      }
    },
  },
}

async function prepare(world: World, build: Build): Promise<Ground> {
  const { largeMembers, signedIn, paymentsPerSecond } = world.settings
  const installation = await Installation.copy(world, build)
  const connection = await installation.connect(largeMembers)
  const server = await installation.product(largeMembers)
  const callers = await signIn(server.url, largeMembers, signedIn)
  const bills = new UnpaidBills(connection, callers)
  return {
    server,
    months: new MonthGeneration(connection, largeMembers),
    payUntil: (until) =>
      openLoad(paymentsPerSecond, until, async () => pay(server.url, world.wechat, await bills.take())),
  }
}
