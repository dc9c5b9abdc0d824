import type { Payment } from '../../../server/contracts/platform/payment.js'
import {
  PAYMENT_MILESTONES,
  type PaymentMilestone,
} from '../../../server/platform/payment/payment-milestones.js'
import { MortalCashier } from './mortal-cashier.js'
import { expectEverythingPaidOnce } from './paid-once.js'

/** Building takes its time on a small machine. */
const STARTING_MS = 180_000
const BILLS = 60
const LONG_ROUNDS = Number(process.env['ROUNDS'] ?? 20)
const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000)

describe('The built server is killed at each moment between order and settlement', () => {
  let cashier: MortalCashier
  let owed: string[]

  beforeAll(async () => {
    cashier = await MortalCashier.open()
    const [bill] = await cashier.bills()
    owed = await cashier.books.owe(bill?.id ?? '', BILLS)
  }, STARTING_MS)
  afterAll(() => cashier?.close())

  const next = (count = 1) => {
    const taken = owed.splice(0, count)
    if (taken.length < count) throw new Error('there is nothing left to pay')
    return taken
  }
  const acknowledged = ({ tradeNo }: Payment) => cashier.wechat.control.order(tradeNo).notifications[0]
  /** Opens an order; the server dies on the way, and the phone hears nothing. */
  const orderUntilDeath = async (at: PaymentMilestone, billIds: string[], key: string) => {
    cashier.arm(at)
    await expect(cashier.ask(billIds, key)).rejects.toThrow()
    await cashier.died()
  }
  /** The phone's question finds the payment; the server dies while it settles it. */
  const askUntilDeath = async (at: PaymentMilestone, { tradeNo }: Payment) => {
    cashier.arm(at)
    await expect(cashier.payer.get(`/payments/${tradeNo}`)).rejects.toThrow()
    await cashier.died()
  }

  it.each(['order-committed', 'prepay-known'] as const)(
    '%s: the phone taps again with the same key, and it is the same order',
    async (at) => {
      const [billIds, key] = [next(), cashier.newKey()]
      await orderUntilDeath(at, billIds, key)
      const [stored] = await cashier.books.query<{ tradeNo: string; prepayId: string | null }>(
        'SELECT tradeNo, prepayId FROM payment_order WHERE idempotencyKey = ?',
        [key],
      )
      expect(stored?.prepayId).toBeNull()
      await cashier.start()
      const order = await cashier.order(billIds, key)
      expect(order.tradeNo).toBe(stored?.tradeNo)
      await cashier.pay(order, true)
      await cashier.until(order.tradeNo, 'paid')
      await expectEverythingPaidOnce(cashier)
    },
    STARTING_MS,
  )

  it.each(['notification-verified', 'settlement-committed'] as const)(
    '%s: WeChat was not thanked and repeats its notification until somebody hears it',
    async (at) => {
      const order = await cashier.order(next(2))
      cashier.arm(at)
      await cashier.pay(order, true)
      await cashier.died()
      await cashier.start()
      while (acknowledged(order)?.state !== 'acknowledged') {
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
      expect(acknowledged(order)?.attempts.map(({ status }) => status)).toEqual(
        expect.arrayContaining(['no-answer', 204]),
      )
      await expectEverythingPaidOnce(cashier)
    },
    STARTING_MS,
  )

  it(
    'settlement-written: what was not committed never happened; the notification is lost, the phone is off, the clock asks',
    async () => {
      const order = await cashier.order(next(2))
      await cashier.pay(order, false)
      await askUntilDeath('settlement-written', order)
      const [stored] = await cashier.books.query<{ state: string }>(
        'SELECT state FROM payment_order WHERE tradeNo = ?',
        [order.tradeNo],
      )
      expect(stored?.state).toBe('pending')
      await cashier.books.letTimePass()
      await cashier.start()
      await cashier.until(order.tradeNo, 'paid')
      await expectEverythingPaidOnce(cashier)
    },
    STARTING_MS,
  )

  const long = process.env['LONG'] ? it : it.skip
  long(
    `many deaths in a row, also while recovering (SEED=${seed} ROUNDS=${LONG_ROUNDS})`,
    async () => {
      process.stdout.write(`SEED=${seed} ROUNDS=${LONG_ROUNDS}\n`)
      const chance = randomFrom(seed)
      const pick = <T>(choices: readonly T[]): T => choices[Math.floor(chance() * choices.length)] as T
      for (let round = 0; round < LONG_ROUNDS; round++) {
        const [billIds, key] = [next(pick([1, 2])), cashier.newKey()]
        const deaths = [pick(PAYMENT_MILESTONES), pick([undefined, ...PAYMENT_MILESTONES])]
        const notified = pick([true, false])
        const rescuedBy = pick(['phone', 'clock'] as const)
        process.stdout.write(`${round}: ${deaths.join(' then ')} ${notified} ${rescuedBy}\n`)
        await payWhateverHappens(billIds, key, deaths, notified, rescuedBy)
        await expectEverythingPaidOnce(cashier)
      }
    },
    LONG_ROUNDS * STARTING_MS,
  )

  /** Orders, pays and has it settled, with a server that dies at these milestones if it comes to them. */
  const payWhateverHappens = async (
    billIds: string[],
    key: string,
    deaths: Array<PaymentMilestone | undefined>,
    notified: boolean,
    rescuedBy: 'phone' | 'clock',
  ): Promise<void> => {
    const waiting = deaths.filter((death) => death !== undefined)
    const armNext = () => {
      const milestone = waiting.shift()
      if (milestone) cashier.arm(milestone)
      else cashier.disarm()
    }
    /** Does it again after each death, until there is an answer. */
    const insist = async <T>(attempt: () => Promise<T>): Promise<T> => {
      for (;;) {
        try {
          return await attempt()
        } catch (error) {
          if (!/ECONNRESET|ECONNREFUSED|socket hang up/.test(String(error))) throw error
          await cashier.died()
          await cashier.books.letTimePass()
          armNext()
          await cashier.start()
        }
      }
    }
    armNext()
    const order = await insist(() => cashier.order(billIds, key))
    await cashier.pay(order, notified)
    if (rescuedBy === 'phone') {
      await insist(() => cashier.payer.get(`/payments/${order.tradeNo}`).expect(200))
    } else if (!cashier.isDying) {
      await cashier.restart()
    }
    for (;;) {
      const outcome = await Promise.race([
        cashier.until(order.tradeNo, 'paid').then(() => 'paid' as const),
        cashier.died().then(() => 'died' as const),
      ])
      // Paid, and nothing has killed it: the moment it was to die at did not come.
      if (outcome === 'paid' && !cashier.isDying) break
      await cashier.died()
      await cashier.books.letTimePass()
      armNext()
      await cashier.start()
    }
    cashier.disarm()
  }
})

/** Mulberry32: small, and the same everywhere. */
function randomFrom(start: number): () => number {
  let state = start >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
