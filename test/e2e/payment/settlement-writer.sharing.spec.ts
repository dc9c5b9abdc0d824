import type { Database } from '../../../server/platform/database/database.js'
import { PaymentQueries } from '../../../server/platform/payment/payment.queries.js'
import { SettlementWriter, type PaidOrder } from '../../../server/platform/payment/settlement-writer.js'
import type { Caller } from '../../support/world.js'
import { Cashier } from './cashier.js'

const ORDERS = 5

describe('Orders whose news comes together share a transaction', () => {
  let cashier: Cashier
  let chen: Caller

  beforeAll(async () => {
    cashier = await Cashier.open()
    chen = await cashier.village.as('chen')
  })
  beforeEach(() => cashier.startAnew())
  afterEach(() => jest.restoreAllMocks())
  afterAll(() => cashier.close())

  /** Five orders, each for one month, and the news that they were paid. */
  const news = async (): Promise<PaidOrder[]> => {
    const billIds = await cashier.owed(chen, ORDERS)
    const { appid, mchid } = cashier.world.wechat.credentials()
    const all: PaidOrder[] = []
    for (const billId of billIds) {
      const { tradeNo } = await cashier.order(chen, [billId])
      const order = await cashier.world.app.get(PaymentQueries).settling(tradeNo)
      if (!order) throw new Error('the order should be there')
      const { amountFen, payerOpenid } = order
      const said = {
        tradeNo,
        state: 'SUCCESS' as const,
        transactionId: `4200${tradeNo}`.slice(0, 32),
        paidAt: null,
      }
      all.push({ order, said: { ...said, amountFen, mchid, appid, payerOpenid }, evidence: 'notification' })
    }
    return all
  }
  const write = (all: PaidOrder[]) => {
    const writer = cashier.world.app.get(SettlementWriter)
    return Promise.all(all.map((one) => writer.write(one)))
  }
  const billOf = ({ order }: PaidOrder) => order.things[0]?.subjectId ?? ''
  const counted = (changed: jest.SpyInstance<Promise<number>, Parameters<Database['executePrepared']>>) => {
    const count = (start: string) => changed.mock.calls.filter(([sql]) => sql.startsWith(start)).length
    return {
      orders: count('UPDATE payment_order'),
      bills: count('UPDATE dues_bill'),
      lines: count('UPDATE payment_line'),
      events: count('INSERT INTO event'),
    }
  }

  const expectPaid = async (one: PaidOrder) => {
    const { state, transactionId } = await cashier.stored(one.order.tradeNo)
    expect([state, transactionId]).toEqual(['paid', one.said.transactionId])
    expect(await cashier.happened('payment.paid', one.order.id)).toBe(1)
    expect(await cashier.stateOf(chen, billOf(one))).toBe('paid')
    expect(await cashier.happened('dues.bill-paid', billOf(one))).toBe(1)
  }

  it('of five at once two go alone and three together; each has its own number, bill and events', async () => {
    const all = await news()
    const changed = jest.spyOn(cashier.world.database, 'executePrepared')
    expect(await write(all)).toEqual(Array.from({ length: ORDERS }, () => 'written'))
    expect(counted(changed)).toEqual({ orders: 3, bills: ORDERS, lines: 3, events: 3 })
    for (const one of all) await expectPaid(one)
  })

  it('one that somebody else has settled, and one that comes twice, do not hold up those beside them', async () => {
    const all = await news()
    const [first, , third, fourth, last] = all as [PaidOrder, PaidOrder, PaidOrder, PaidOrder, PaidOrder]
    await write([third])
    const known = { ...fourth, said: { ...fourth.said, transactionId: third.said.transactionId } }
    const outcomes = await write([first, all[1] ?? first, third, known, last, last])
    expect(outcomes).toEqual([
      'written',
      'written',
      'not-pending',
      'transaction-known',
      'written',
      'not-pending',
    ])
    for (const one of all) if (one !== fourth) await expectPaid(one)
    expect((await cashier.stored(fourth.order.tradeNo)).state).toBe('pending')
  })

  it('one whose bill became another is noted; the others are written once', async () => {
    const all = await news()
    const [, , , changed] = all as [PaidOrder, PaidOrder, PaidOrder, PaidOrder]
    await cashier.world.database.execute('UPDATE dues_bill SET amountFen = amountFen + 1 WHERE id = ?', [
      billOf(changed),
    ])
    expect(await write(all)).toEqual(Array.from({ length: ORDERS }, () => 'written'))
    for (const one of all) if (one !== changed) await expectPaid(one)
    expect(await cashier.discrepancies(changed.order.tradeNo)).toEqual(['subject-gone'])
    expect(await cashier.stateOf(chen, billOf(changed))).toBe('unpaid')
  })
})
