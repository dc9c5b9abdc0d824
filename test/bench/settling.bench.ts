import type { Connection } from 'mysql2/promise'
import type { Bench, Figures, World } from './bench.js'
import { Installation } from './installation.js'
import { cannonade } from './load.js'
import { insertPendingOrders, type PendingOrder } from './pending-orders.js'
import { alternate, type Measure } from './rounds.js'
import type { ServerProcess } from './server-process.js'
import { MCHID } from './wechat-answers.js'

const ADDRESS = `/api/v1/payment-notifications/${MCHID}`
const KINDS = ['product', 'bare'] as const
const MEASURES = ['settledPerSecond', 'cpuMicroseconds'] as const
/** Each some thousand notifications, as `my-bills` asks some thousand times before it counts. */
const WARM_UP_ROUNDS = 2
const PAID_BILLS = `SELECT COUNT(*) AS count FROM dues_bill WHERE id IN (?) AND state = 'paid'`
const PAID_ORDERS = `SELECT COUNT(*) AS count FROM payment_order WHERE tradeNo IN (?) AND state = 'paid'`

/** Notifications of payments, each verified, opened and settled, beside a handler that does the least one can do. */
export const settling: Bench = {
  name: 'settling',
  rounds: 'rounds',
  targets: [{ figure: 'productToBare', atLeast: 0.5 }],
  keys: [
    'productToBare',
    'cpuProductToBare',
    ...KINDS.flatMap((kind) => MEASURES.map((measure) => `${kind}.${measure}`)),
  ],
  async run(world: World): Promise<Figures> {
    const { largeMembers, rounds } = world.settings
    const orders = ordersOf(world, KINDS.length)
    const installation = await Installation.copy(world)
    const connection = await installation.connect(largeMembers)
    const product = await installation.product(largeMembers)
    const bare = await installation.rival('bare-settling.js', largeMembers)
    const sides = [
      ['product', () => settleRound(world, connection, product, { orders, bills: true })],
      ['bare', () => settleRound(world, connection, bare, { orders, bills: false })],
    ] as const
    await alternate(sides, WARM_UP_ROUNDS, () => undefined)
    const measured = await alternate(sides, rounds, world.say)
    return {
      productToBare: measured.ratio('product.settledPerSecond', 'bare.settledPerSecond'),
      cpuProductToBare: measured.ratio('product.cpuMicroseconds', 'bare.cpuMicroseconds'),
      ...measured.medians(),
    }
  },
  comparison: {
    figures: MEASURES,
    async prepare(world, build): Promise<Measure> {
      const { largeMembers } = world.settings
      const orders = ordersOf(world, 1)
      const installation = await Installation.copy(world, build)
      const connection = await installation.connect(largeMembers)
      const server = await installation.product(largeMembers)
      const measure = () => settleRound(world, connection, server, { orders, bills: true })
      for (let round = 1; round <= WARM_UP_ROUNDS; round++) await measure()
      return measure
    },
  },
}

type Orders = (connection: Connection) => Promise<PendingOrder[]>

/**
 * Orders for one round after the other, each of other members.
 * @throws when there are not enough members for so many rounds
 */
function ordersOf({ settings }: World, sides: number): Orders {
  const { largeMembers, notifications, rounds } = settings
  const needed = (rounds + WARM_UP_ROUNDS) * sides * notifications
  if (needed > largeMembers) {
    const most = Math.floor(largeMembers / sides / notifications) - WARM_UP_ROUNDS
    throw new Error(`--rounds ${rounds}: settling has members for ${most} rounds at most`)
  }
  let next = 1
  return (connection) => {
    const first = next
    next += notifications
    return insertPendingOrders(connection, first, notifications)
  }
}

async function settleRound(
  world: World,
  connection: Connection,
  server: ServerProcess,
  { orders, bills }: { orders: Orders; bills: boolean },
): Promise<Figures> {
  const pending = await orders(connection)
  const figures = await settleAll(world, server, pending)
  await checkSettled(connection, pending, bills)
  return figures
}

/** All notifications are signed before the first is sent: signing is WeChat's work. */
async function settleAll(
  { wechat, settings }: World,
  server: ServerProcess,
  orders: PendingOrder[],
): Promise<Figures> {
  const requests = orders.map((order) => ({ method: 'POST' as const, ...wechat.notification(order) }))
  const each = requests.length / settings.connections
  let connection = 0
  const cpuBefore = server.cpuSeconds()
  const startedAt = performance.now()
  await cannonade({
    url: server.url + ADDRESS,
    connections: settings.connections,
    amount: requests.length,
    // The end is noticed at a sample, and samples are a second apart unless said otherwise.
    sampleInt: 10,
    setupClient: (client) => {
      client.setRequests(requests.slice(connection * each, ++connection * each))
    },
  })
  const seconds = (performance.now() - startedAt) / 1000
  return {
    settledPerSecond: requests.length / seconds,
    cpuMicroseconds: ((server.cpuSeconds() - cpuBefore) * 1e6) / requests.length,
  }
}

/** @throws when an order or, with `bills`, one of its bills is not paid: then less was done than was measured */
async function checkSettled(connection: Connection, orders: PendingOrder[], bills: boolean): Promise<void> {
  const count = async (statement: string, ids: string[]) => {
    const [rows] = await connection.query(statement, [ids])
    return (rows as Array<{ count: number }>)[0]?.count
  }
  const tradeNos = orders.map(({ tradeNo }) => tradeNo)
  const billIds = orders.map(({ billId }) => billId)
  if ((await count(PAID_ORDERS, tradeNos)) !== orders.length) throw new Error('an order was not settled')
  if (bills && (await count(PAID_BILLS, billIds)) !== billIds.length) throw new Error('a bill was not paid')
}
