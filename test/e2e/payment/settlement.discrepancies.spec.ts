import type { Payment } from '../../../server/contracts/platform/payment.js'
import { BillRecord } from '../../../server/modules/organization/dues/bill.entity.js'
import { PaymentDiscrepancy } from '../../../server/platform/payment/payment-discrepancy.entity.js'
import { PaymentJobs } from '../../../server/platform/payment/payment.jobs.js'
import { PaymentOrder } from '../../../server/platform/payment/payment-order.entity.js'
import { PaymentQueries } from '../../../server/platform/payment/payment.queries.js'
import { PayClient } from '../../../server/platform/wechat/pay-client.js'
import type { Transaction } from '../../../server/platform/wechat/transaction.js'
import type { TransactionAlteration } from '../../../server/wechat-sandbox/control/faults.js'
import { OPENIDS } from '../../support/village.js'
import type { Caller } from '../../support/world.js'
import { Cashier } from './cashier.js'
import { NotificationWriter } from './notification-writer.js'

describe('What does not agree is never settled', () => {
  let cashier: Cashier
  let writer: NotificationWriter
  let chen: Caller
  let billIds: string[]
  let order: Payment

  beforeAll(async () => {
    cashier = await Cashier.open()
    writer = new NotificationWriter(cashier)
    chen = await cashier.village.as('chen')
  })
  beforeEach(async () => {
    await cashier.startAnew()
    billIds = await cashier.owed(chen)
    order = await cashier.order(chen, billIds)
  })
  afterAll(() => cashier.close())

  const clockAsks = async () => {
    cashier.passSeconds(300)
    await cashier.world.app.get(PaymentJobs).askPending()
    cashier.world.turnClockTo(new Date())
  }
  const expectUnsettled = async (kind: string) => {
    expect(await cashier.discrepancies(order.tradeNo)).toEqual([kind])
    expect(await cashier.stored(order.tradeNo)).toMatchObject({ state: 'pending', transactionId: null })
    expect(await cashier.stateOf(chen, billIds[0] ?? '')).toBe('unpaid')
    expect(await cashier.happened('dues.bill-paid', billIds[0] ?? '')).toBe(0)
  }

  const wrongly: Array<[story: string, kind: string, otherwise: TransactionAlteration]> = [
    ['a fen less', 'amount', { amountFen: 9426 }],
    ['a fen more', 'amount', { amountFen: 9428 }],
    ['to another merchant', 'merchant', { mchid: '1900000208' }],
    ['in another mini-program', 'merchant', { appid: 'wx0000000000000000' }],
    ['by somebody else', 'payer', { payerOpenid: OPENIDS.lyu }],
  ]
  it.each(wrongly)(
    'WeChat says it was paid %s: in its notification, twice, and when asked',
    async (_, kind, otherwise) => {
      const before = await cashier.metric('zhibu_payment_discrepancies_open')
      cashier.wechat.plan({ kind: 'transaction-altered', ...otherwise }, Number.POSITIVE_INFINITY)
      await cashier.payQuietly('chen', order)
      expect(await cashier.notify(order.tradeNo)).toBe(204)
      await expectUnsettled(kind)
      expect(await cashier.notify(order.tradeNo)).toBe(204)
      expect((await cashier.find(chen, order.tradeNo)).state).toBe('pending')
      await clockAsks()
      await expectUnsettled(kind)
      expect(await cashier.metric('zhibu_payment_discrepancies_open')).toBe(before + 1)
      // It was a mistake of theirs: the truth, when it comes, settles it.
      cashier.wechat.clearFaults()
      expect((await cashier.find(chen, order.tradeNo)).state).toBe('paid')
      expect(await cashier.discrepancies(order.tradeNo)).toEqual([kind])
    },
  )

  it.each(wrongly)(
    'asked first, WeChat says it was paid %s: written down once',
    async (_, kind, otherwise) => {
      cashier.wechat.plan({ kind: 'transaction-altered', ...otherwise }, Number.POSITIVE_INFINITY)
      await cashier.payQuietly('chen', order)
      const states = await Promise.all([1, 2, 3].map(() => cashier.find(chen, order.tradeNo)))
      expect(states.map(({ state }) => state)).toEqual(['pending', 'pending', 'pending'])
      await expectUnsettled(kind)
      cashier.wechat.clearFaults()
      await chen.delete(`/payments/${order.tradeNo}`).expect(200)
    },
  )

  it('WeChat answers about another order than was asked: neither is touched', async () => {
    cashier.wechat.plan({ kind: 'transaction-altered', message: 'query', tradeNo: 'D20261121000000000000' })
    await cashier.payQuietly('chen', order)
    expect((await cashier.find(chen, order.tradeNo)).state).toBe('pending')
    expect(await cashier.discrepancies(order.tradeNo)).toEqual([])
    expect((await cashier.find(chen, order.tradeNo)).state).toBe('paid')
  })

  it('one transaction never pays two orders', async () => {
    await cashier.payQuietly('chen', order)
    await cashier.find(chen, order.tradeNo)
    const { transactionId } = await cashier.stored(order.tradeNo)
    const second = await cashier.order(chen, await cashier.owed(chen))
    await cashier.payQuietly('chen', second)
    cashier.wechat.plan({ kind: 'transaction-altered', transactionId: transactionId ?? '' })
    expect((await cashier.find(chen, second.tradeNo)).state).toBe('pending')
    expect(await cashier.discrepancies(second.tradeNo)).toEqual(['transaction'])
    await chen.delete(`/payments/${second.tradeNo}`).expect(200)
  })

  it('a second transaction for an order that is paid is written down, not lost', async () => {
    await cashier.payQuietly('chen', order)
    expect(await cashier.notify(order.tradeNo)).toBe(204)
    cashier.wechat.plan({ kind: 'transaction-altered', transactionId: '4200009920261121000000000001' })
    expect(await cashier.notify(order.tradeNo)).toBe(204)
    expect(await cashier.discrepancies(order.tradeNo)).toEqual(['transaction'])
    expect(await cashier.happened('dues.bill-paid', billIds[0] ?? '')).toBe(1)
  })

  it('every further transaction for it is written down by itself, once, also when they come together', async () => {
    await cashier.payQuietly('chen', order)
    expect(await cashier.notify(order.tradeNo)).toBe(204)
    const ours = (await cashier.stored(order.tradeNo)).transactionId
    const foreign = [1, 2, 3].map((number) => `420000992026112100000000009${number}`)
    const notifications = await Promise.all(
      foreign.map((transaction_id) => writer.paid(order.tradeNo, { transaction_id })),
    )
    const again = [...notifications, ...notifications].map((notification) => writer.post(notification))
    expect(new Set(await Promise.all(again))).toEqual(new Set([204]))
    const rows = await cashier.world.database
      .repository(PaymentDiscrepancy)
      .findBy({ tradeNo: order.tradeNo })
    expect(rows.map(({ kind }) => kind).sort()).toEqual(['transaction', 'transaction-2', 'transaction-3'])
    expect(rows.map(({ evidence }) => evidence['transactionId']).sort()).toEqual(foreign)
    expect((await cashier.stored(order.tradeNo)).transactionId).toBe(ours)
  })

  it('two transactions settle it at the same moment: the one that loses is written down', async () => {
    const before = await cashier.world.app.get(PaymentQueries).settling(order.tradeNo)
    await cashier.payQuietly('chen', order)
    expect(await cashier.notify(order.tradeNo)).toBe(204)
    // What the slower of the two has read before the faster one committed.
    const seen = jest.spyOn(PaymentQueries.prototype, 'settling').mockResolvedValueOnce(before)
    try {
      expect(await cashier.notify(order.tradeNo)).toBe(204)
      expect(await cashier.discrepancies(order.tradeNo)).toEqual([])
      seen.mockResolvedValueOnce(before)
      expect(await writer.post(await writer.paid(order.tradeNo))).toBe(204)
    } finally {
      seen.mockRestore()
    }
    expect(await cashier.discrepancies(order.tradeNo)).toEqual(['transaction'])
    expect(await cashier.happened('dues.bill-paid', billIds[0] ?? '')).toBe(1)
  })

  it('money that was given back past us is for a person to look at, whoever asks', async () => {
    const said: Transaction = {
      tradeNo: order.tradeNo,
      state: 'REFUND',
      transactionId: '4200009920261121000000000002',
      amountFen: order.amountFen,
      mchid: cashier.world.wechat.credentials().mchid,
      appid: cashier.world.wechat.credentials().appid,
      payerOpenid: OPENIDS.chen,
      paidAt: cashier.now(),
    }
    const query = jest.spyOn(PayClient.prototype, 'query').mockResolvedValue(said)
    expect((await cashier.find(chen, order.tradeNo)).state).toBe('pending')
    await chen.delete(`/payments/${order.tradeNo}`).expect(200)
    query.mockRestore()
    await expectUnsettled('refunded')
    await chen.delete(`/payments/${order.tradeNo}`).expect(200)
  })

  it('money for an order that nobody here knows is written down', async () => {
    const tradeNo = 'D20200101UNKNOWNHERE'
    expect(await writer.post(await writer.paid(order.tradeNo, { out_trade_no: tradeNo }))).toBe(204)
    expect(await cashier.discrepancies(tradeNo)).toEqual(['unknown-order'])
    await chen.delete(`/payments/${order.tradeNo}`).expect(200)
  })

  it('the stored amount was changed after the order: neither the phone, the notification nor the clock settles it', async () => {
    await cashier.world.database.repository(PaymentOrder).update({ tradeNo: order.tradeNo }, { amountFen: 1 })
    await cashier.payQuietly('chen', order)
    expect((await cashier.find(chen, order.tradeNo)).state).toBe('pending')
    expect(await cashier.notify(order.tradeNo)).toBe(204)
    cashier.passSeconds(300)
    await cashier.world.app.get(PaymentJobs).askPending()
    await expectUnsettled('amount')
    const row = await cashier.world.database
      .repository(PaymentDiscrepancy)
      .findOneByOrFail({ tradeNo: order.tradeNo })
    expect(row).toMatchObject({
      closedAt: null,
      evidence: { saidFen: 9427, expectedFen: 1, state: 'SUCCESS' },
    })
    expect(JSON.stringify(row.evidence)).not.toContain(OPENIDS.chen)
  })

  it('the bill was settled otherwise meanwhile: the money is booked on the order, the bill is not touched', async () => {
    const paidAt = new Date('2026-11-20T02:00:00Z')
    const bills = cashier.world.database.repository(BillRecord)
    await bills.update({ id: billIds[0] }, { state: 'paid', paidAt, tradeNo: null })
    await cashier.payQuietly('chen', order)
    expect((await cashier.find(chen, order.tradeNo)).state).toBe('paid')
    expect(await cashier.discrepancies(order.tradeNo)).toEqual(['subject-gone'])
    expect(await bills.findOneByOrFail({ id: billIds[0] })).toMatchObject({ paidAt, tradeNo: null })
    expect(await cashier.happened('dues.bill-paid', billIds[0] ?? '')).toBe(0)
  })
})
