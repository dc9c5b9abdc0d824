import { setTimeout as pause } from 'node:timers/promises'
import { DataSource, type QueryRunner } from 'typeorm'
import { isEmbedded } from '../../../server/platform/database/engine.js'
import { PaymentJobs } from '../../../server/platform/payment/payment.jobs.js'
import { OPENIDS } from '../../support/village.js'
import type { Caller } from '../../support/world.js'
import { Cashier, paramsOf } from './cashier.js'

const FIVE_MINUTES = 300
/** MariaDB makes the table of who waits anew when it was not read for a tenth of a second. */
const TABLE_OF_WAITERS_MS = 150

describe('Whoever brings the news first, it is paid once', () => {
  let cashier: Cashier
  let chen: Caller

  beforeAll(async () => {
    cashier = await Cashier.open()
    chen = await cashier.village.as('chen')
  })
  afterAll(() => cashier.close())

  const expectPaidOnce = async (caller: Caller, tradeNo: string, billIds: string[]) => {
    const { id, transactionId } = await cashier.stored(tradeNo)
    expect(await cashier.find(caller, tradeNo)).toMatchObject({ state: 'paid', request: null })
    expect(transactionId).toBe(cashier.wechat.order(tradeNo).transactionId)
    expect(await cashier.happened('payment.paid', id)).toBe(1)
    for (const billId of billIds) {
      expect(await cashier.stateOf(caller, billId)).toBe('paid')
      expect(await cashier.happened('dues.bill-paid', billId)).toBe(1)
    }
    expect(await cashier.discrepancies(tradeNo)).toEqual([])
  }

  it('WeChat tells us by itself as soon as somebody has paid', async () => {
    const billIds = await cashier.owed(chen)
    const { tradeNo, request } = await cashier.order(chen, billIds)
    await cashier.wechat.pay(OPENIDS.chen, paramsOf(request))
    const acknowledged = () =>
      cashier.wechat.order(tradeNo).notifications.every(({ state }) => state === 'acknowledged')
    while (!acknowledged()) await new Promise((resolve) => setImmediate(resolve))
    expect((await cashier.stored(tradeNo)).state).toBe('paid')
    await expectPaidOnce(chen, tradeNo, billIds)
  })

  it('the notification comes before the phone asks', async () => {
    const billIds = await cashier.owed(chen)
    const order = await cashier.order(chen, billIds)
    await cashier.payQuietly('chen', order)
    expect(await cashier.notify(order.tradeNo)).toBe(204)
    expect((await cashier.stored(order.tradeNo)).state).toBe('paid')
    await expectPaidOnce(chen, order.tradeNo, billIds)
  })

  it('the phone asks before the notification comes', async () => {
    const billIds = await cashier.owed(chen)
    const order = await cashier.order(chen, billIds)
    await cashier.payQuietly('chen', order)
    expect((await cashier.find(chen, order.tradeNo)).state).toBe('paid')
    expect(await cashier.notify(order.tradeNo)).toBe(204)
    await expectPaidOnce(chen, order.tradeNo, billIds)
  })

  it('both at the same moment, and the notification twice', async () => {
    const billIds = await cashier.owed(chen)
    const order = await cashier.order(chen, billIds)
    await cashier.payQuietly('chen', order)
    const answers = await Promise.all([
      cashier.find(chen, order.tradeNo).then(({ state }) => state),
      cashier.notify(order.tradeNo),
      cashier.find(chen, order.tradeNo).then(({ state }) => state),
      cashier.notify(order.tradeNo),
    ])
    expect(answers).toEqual(['paid', 204, 'paid', 204])
    await expectPaidOnce(chen, order.tradeNo, billIds)
  })

  it('the phone says it succeeded: that alone is not believed', async () => {
    const lyu = await cashier.village.as('lyu')
    const billIds = await cashier.owed(lyu)
    const { tradeNo } = await cashier.order(lyu, billIds)
    expect(await cashier.find(lyu, tradeNo)).toMatchObject({ state: 'pending', paidAt: null })
    await lyu.post(`/payments/${tradeNo}`, { state: 'paid' }).expect(404)
    await lyu.put(`/payments/${tradeNo}`, { state: 'paid' }).expect(404)
    expect(await cashier.stateOf(lyu, billIds[0] ?? '')).toBe('unpaid')
    expect(await cashier.happened('dues.bill-paid', billIds[0] ?? '')).toBe(0)
  })

  it('the notification is lost and the phone is off: the clock asks, once the order is five minutes old', async () => {
    const wang = await cashier.village.as('wang')
    const billIds = await cashier.owed(wang, 2)
    const order = await cashier.order(wang, billIds)
    await cashier.payQuietly('wang', order)
    const jobs = cashier.world.app.get(PaymentJobs)
    cashier.passSeconds(FIVE_MINUTES - 1)
    await jobs.askPending()
    expect((await cashier.stored(order.tradeNo)).state).toBe('pending')
    cashier.passSeconds(1)
    await jobs.askPending()
    expect((await cashier.stored(order.tradeNo)).state).toBe('paid')
    await jobs.askPending()
    await expectPaidOnce(wang, order.tradeNo, billIds)
  })

  it('a notification asks the database once and writes five times, however many months it pays', async () => {
    const lyu = await cashier.village.as('lyu')
    const billIds = await cashier.owed(lyu, 3)
    const order = await cashier.order(lyu, billIds)
    await cashier.payQuietly('lyu', order)
    const { database } = cashier.world
    const asked = jest.spyOn(database, 'queryPrepared')
    const changed = jest.spyOn(database, 'executePrepared')
    expect(await cashier.notify(order.tradeNo)).toBe(204)
    const verbs = [...asked.mock.calls, ...changed.mock.calls].map(([sql]) => sql.trim().split(/\s/)[0])
    asked.mockRestore()
    changed.mockRestore()
    expect(verbs.sort()).toEqual(['INSERT', 'SELECT', 'UPDATE', 'UPDATE', 'UPDATE'])
    await expectPaidOnce(lyu, order.tradeNo, billIds)
  })

  it('news that comes together is written together, and one that is not as agreed does not hold up the others', async () => {
    const [li, zhao, wang] = [
      await cashier.village.as('li'),
      await cashier.village.as('zhao'),
      await cashier.village.as('wang'),
    ]
    const owed = [await cashier.owed(li), await cashier.owed(zhao), await cashier.owed(wang)] as const
    const orders = [
      await cashier.order(li, owed[0]),
      await cashier.order(zhao, owed[1]),
      await cashier.order(wang, owed[2]),
    ] as const
    await cashier.payQuietly('li', orders[0])
    await cashier.payQuietly('zhao', orders[1])
    await cashier.payQuietly('wang', orders[2])
    // Zhao's bill has become another behind the order's back.
    await cashier.world.database.execute('UPDATE dues_bill SET amountFen = amountFen + 1 WHERE id = ?', [
      owed[1][0],
    ])
    const notifications = [...orders, ...orders].map(({ tradeNo }) => cashier.notify(tradeNo))
    expect(await Promise.all(notifications)).toEqual([204, 204, 204, 204, 204, 204])
    await expectPaidOnce(li, orders[0].tradeNo, owed[0])
    await expectPaidOnce(wang, orders[2].tradeNo, owed[2])
    expect((await cashier.stored(orders[1].tradeNo)).state).toBe('paid')
    const [bill] = await cashier.world.database.query<{ state: string }>(
      'SELECT state FROM dues_bill WHERE id = ?',
      [owed[1][0]],
    )
    expect(bill?.state).toBe('unpaid')
  })

  // The embedded engine has one writer at a time: there everybody waits for everybody.
  const withRowLocks = isEmbedded ? it.skip : it
  withRowLocks('an order whose row somebody holds does not hold up the others', async () => {
    const [li, zhao] = [await cashier.village.as('li'), await cashier.village.as('zhao')]
    const owed = [await cashier.owed(li), await cashier.owed(zhao)] as const
    const [held, free] = [await cashier.order(li, owed[0]), await cashier.order(zhao, owed[1])]
    await cashier.payQuietly('li', held)
    await cashier.payQuietly('zhao', free)
    const somebody = cashier.world.app.get(DataSource).createQueryRunner()
    await somebody.startTransaction()
    await somebody.query('SELECT id FROM payment_order WHERE tradeNo = ? FOR UPDATE', [held.tradeNo])
    const waiting = cashier.notify(held.tradeNo)
    while ((await waitingForLocks(somebody)) === 0) await pause(TABLE_OF_WAITERS_MS)
    expect(await cashier.notify(free.tradeNo)).toBe(204)
    await expectPaidOnce(zhao, free.tradeNo, owed[1])
    expect((await cashier.stored(held.tradeNo)).state).toBe('pending')
    await somebody.rollbackTransaction()
    await somebody.release()
    expect(await waiting).toBe(204)
    await expectPaidOnce(li, held.tradeNo, owed[0])
  })

  it('one order about which WeChat does not answer does not hold up the others', async () => {
    const [li, zhao] = [await cashier.village.as('li'), await cashier.village.as('zhao')]
    const [mute, paid] = [
      await cashier.order(li, await cashier.owed(li)),
      await cashier.order(zhao, await cashier.owed(zhao)),
    ]
    await cashier.payQuietly('li', mute)
    await cashier.payQuietly('zhao', paid)
    cashier.passSeconds(FIVE_MINUTES)
    cashier.wechat.plan({
      kind: 'pay-error',
      status: 500,
      code: 'SYSTEM_ERROR',
      message: '系统异常',
      path: `/v3/pay/transactions/out-trade-no/${mute.tradeNo}`,
    })
    await cashier.world.app.get(PaymentJobs).askPending()
    expect((await cashier.stored(mute.tradeNo)).state).toBe('pending')
    expect((await cashier.stored(paid.tradeNo)).state).toBe('paid')
    cashier.passSeconds(60)
    await cashier.world.app.get(PaymentJobs).askPending()
    expect((await cashier.stored(mute.tradeNo)).state).toBe('paid')
  })
})

async function waitingForLocks(runner: QueryRunner): Promise<number> {
  const rows = (await runner.query(
    `SELECT trx_id FROM information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT'`,
  )) as unknown[]
  return rows.length
}
