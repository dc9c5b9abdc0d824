import autocannon from 'autocannon'
import type { Connection } from 'mysql2/promise'
import type { Bench, Figures, World } from './bench.js'
import { databaseOf } from './data-set.js'
import { Installation } from './installation.js'
import { insertPendingOrders, type PendingOrder } from './pending-orders.js'
import type { ServerProcess } from './server-process.js'
import { median, medianRatio, rounded } from './statistics.js'
import { MCHID } from './wechat-answers.js'

const ADDRESS = `/api/v1/payment-notifications/${MCHID}`
const KINDS = ['product', 'bare'] as const
/** Each some thousand notifications, as `my-bills` asks some thousand times before it counts. */
const WARM_UP_ROUNDS = 2
const PAID_BILLS = `SELECT COUNT(*) AS count FROM dues_bill WHERE id IN (?) AND state = 'paid'`
const PAID_ORDERS = `SELECT COUNT(*) AS count FROM payment_order WHERE tradeNo IN (?) AND state = 'paid'`

/** Notifications of payments, each verified, opened and settled, beside a handler that does the least one can do. */
export const settling: Bench = {
  name: 'settling',
  targets: [{ figure: 'productToBare', atLeast: 0.5 }],
  keys: [
    'productToBare',
    'cpuProductToBare',
    ...KINDS.flatMap((kind) => [`${kind}.settledPerSecond`, `${kind}.cpuMicroseconds`]),
  ],
  async run(world: World): Promise<Figures> {
    const { largeMembers, rounds, notifications } = world.settings
    const installation = await Installation.copy(world)
    const connection = await installation.mariadb.connect(databaseOf(largeMembers))
    try {
      const servers = {
        product: await installation.product(largeMembers),
        bare: await installation.rival('test/bench/bare-settling.js', largeMembers),
      }
      const measured: Record<string, number[]> = {}
      let next = 1
      for (let round = 1 - WARM_UP_ROUNDS; round <= rounds; round++) {
        for (const kind of KINDS) {
          const orders = await insertPendingOrders(connection, next, notifications)
          next += notifications
          const { perSecond, cpu } = await settleAll(world, servers[kind], orders)
          await checkSettled(connection, orders, kind === 'product')
          if (round <= 0) continue
          ;(measured[`${kind}.settledPerSecond`] ??= []).push(perSecond)
          ;(measured[`${kind}.cpuMicroseconds`] ??= []).push(cpu)
          world.say(
            `  round ${round} ${kind} ${perSecond.toFixed(0)} settled/s, ${cpu.toFixed(0)} µs of processor each`,
          )
        }
      }
      const figures = Object.fromEntries(
        Object.entries(measured).map(([key, values]) => [key, rounded(median(values))]),
      )
      const ratio = (one: string, other: string) => rounded(medianRatio(measured[one], measured[other]))
      return {
        productToBare: ratio('product.settledPerSecond', 'bare.settledPerSecond'),
        cpuProductToBare: ratio('product.cpuMicroseconds', 'bare.cpuMicroseconds'),
        ...figures,
      }
    } finally {
      await connection.end()
      await installation.close()
    }
  },
}

/** All notifications are signed before the first is sent: signing is WeChat's work. */
async function settleAll(
  { wechat, settings }: World,
  server: ServerProcess,
  orders: PendingOrder[],
): Promise<{ perSecond: number; cpu: number }> {
  const requests = orders.map((order) => ({ method: 'POST' as const, ...wechat.notification(order) }))
  const each = requests.length / settings.connections
  let connection = 0
  const cpuBefore = server.cpuSeconds()
  const startedAt = performance.now()
  const result = await autocannon({
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
  if (result.non2xx + result.errors > 0) throw new Error(`${result.non2xx} notifications were not accepted`)
  return {
    perSecond: requests.length / seconds,
    cpu: ((server.cpuSeconds() - cpuBefore) * 1e6) / requests.length,
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
