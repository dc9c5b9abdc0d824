import { setTimeout as pause } from 'node:timers/promises'
import type { Connection, ResultSetHeader } from 'mysql2/promise'
import type { Bench, Figures, World } from './bench.js'
import { signIn, type SignedIn } from './callers.js'
import { databaseOf } from './data-set.js'
import { OFFICER_ACCOUNT_ID, ROOT_ID } from './data-set.statements.js'
import { Installation } from './installation.js'
import { payUntil, type Payable } from './payment-load.js'
import { median, quantile, rounded } from './statistics.js'

const LOOK_EVERY_MS = 50

/** The same rows by the shortest statement there is: no scope, no bill that may exist already, no member left out. */
const BARE = `INSERT INTO dues_bill
    (id, memberId, unitId, month, duesClass, baseFen, rateBasisPoints, rounding, amountFen, state, createdAt)
  SELECT CONCAT(m.id, ?), m.id, m.unitId, ?, m.duesClass, a.baseFen, a.rateBasisPoints,
         COALESCE(a.rounding, u.rounding), COALESCE(a.amountFen, u.farmerFen), 'unpaid', ?
  FROM member m JOIN unit u ON u.id = m.unitId LEFT JOIN dues_assessment a ON a.openKey = m.id`

/** A month's bills for everybody by the product's job, beside one statement, and payments while it runs. */
export const generation: Bench = {
  name: 'generation',
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
    const { largeMembers, signedIn, generationRounds, idleSeconds, paymentsPerSecond } = world.settings
    const installation = await Installation.copy(world)
    const connection = await installation.mariadb.connect(databaseOf(largeMembers))
    try {
      const server = await installation.product(largeMembers)
      const callers = await signIn(server.url, largeMembers, signedIn)
      await pause(1_000)
      const idleResidentMb = server.residentMb()
      const months = monthsAfter2025()
      const rates: Record<'product' | 'bare', number[]> = { product: [], bare: [] }
      const payables: Payable[] = []
      for (let round = 1; round <= generationRounds; round++) {
        for (const kind of ['product', 'bare'] as const) {
          const month = months.next().value
          const seconds = await timed(() =>
            kind === 'product' ? generate(connection, month) : insertAtOnce(connection, month),
          )
          await checkMade(connection, month, largeMembers)
          payables.push(...billsOf(callers, month))
          rates[kind].push(largeMembers / seconds)
          world.say(
            `  round ${round} ${kind} ${seconds.toFixed(1)} s, ${(largeMembers / seconds).toFixed(0)} bills/s`,
          )
        }
      }
      const pay = (until: Promise<unknown>) =>
        payUntil(until, server.url, world.wechat, payables, paymentsPerSecond)
      await pay(pause(1_000))
      const idle = await pay(pause(idleSeconds * 1000))
      const during = await pay(generate(connection, months.next().value))
      const product = median(rates.product)
      const bare = median(rates.bare)
      return {
        productToBare: rounded(product / bare),
        productBillsPerSecond: rounded(product, 0),
        bareBillsPerSecond: rounded(bare, 0),
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
    } finally {
      await connection.end()
      await installation.close()
    }
  },
}

function* monthsAfter2025(): Generator<string, never> {
  for (let number = 0; ; number++) {
    yield `${2026 + Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, '0')}`
  }
}

const billsOf = (callers: SignedIn[], month: string): Payable[] =>
  callers.map((caller) => ({ caller, billId: caller.memberId + month.replace('-', '') }))

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return (performance.now() - startedAt) / 1000
}

/** Asks for a month as the service does, past its question which months may be asked for, and waits for the end. */
async function generate(connection: Connection, month: string): Promise<void> {
  const id = `01BENCHH${month.replace('-', '').padStart(18, '0')}`
  const now = new Date()
  await connection.query(
    `INSERT INTO dues_generation (id, unitId, month, state, requestedBy, requestedAt)
     VALUES (?, ?, ?, 'waiting', ?, ?)`,
    [id, ROOT_ID, month, OFFICER_ACCOUNT_ID, now],
  )
  await connection.query(
    `INSERT INTO job (id, kind, subjectId, attempts, runAfter, createdAt) VALUES (?, 'dues.generate', ?, 0, ?, ?)`,
    [id, id, now, now],
  )
  for (;;) {
    await pause(LOOK_EVERY_MS)
    const [rows] = await connection.query('SELECT state FROM dues_generation WHERE id = ?', [id])
    const state = (rows as Array<{ state: string }>)[0]?.state
    if (state === 'done') return
    if (state === 'failed') throw new Error(`the bills of ${month} were not made`)
  }
}

async function insertAtOnce(connection: Connection, month: string): Promise<void> {
  // As the product does it: else the statement locks every row that it reads, which slows it down.
  await connection.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED')
  await connection.query<ResultSetHeader>(BARE, [month.replace('-', ''), month, new Date()])
}

/** @throws when not everybody has a bill of the month */
async function checkMade(connection: Connection, month: string, members: number): Promise<void> {
  const [rows] = await connection.query('SELECT COUNT(*) AS count FROM dues_bill WHERE month = ?', [month])
  const count = (rows as Array<{ count: number }>)[0]?.count
  if (count !== members) throw new Error(`${month}: ${count} bills for ${members} members`)
}
