import type { Payment } from '../../../server/contracts/payment.js'
import { BillRecord } from '../../../server/modules/organization/dues/bill.entity.js'
import { PaymentDiscrepancy } from '../../../server/platform/payment/payment-discrepancy.entity.js'
import { PaymentJobs } from '../../../server/platform/payment/payment.jobs.js'
import { PaymentOrder } from '../../../server/platform/payment/payment-order.entity.js'
import { OPENIDS } from '../../support/village.js'
import type { Caller } from '../../support/world.js'
import { Cashier } from './cashier.js'
import { NoticeWriter, type PaidTransaction } from './notice-writer.js'

describe('What does not agree is never settled', () => {
  let cashier: Cashier
  let writer: NoticeWriter
  let chen: Caller
  let billIds: string[]
  let order: Payment

  beforeAll(async () => {
    cashier = await Cashier.open()
    writer = new NoticeWriter(cashier)
    chen = await cashier.village.as('chen')
  })
  beforeEach(async () => {
    billIds = await cashier.owed(chen)
    order = await cashier.order(chen, billIds)
  })
  afterAll(() => cashier.close())

  const expectUnsettled = async (kind: string) => {
    expect(await cashier.discrepancies(order.tradeNo)).toEqual([kind])
    expect(await cashier.stored(order.tradeNo)).toMatchObject({ state: 'pending', transactionId: null })
    expect(await cashier.stateOf(chen, billIds[0] ?? '')).toBe('unpaid')
    expect(await cashier.happened('dues.bill-paid', billIds[0] ?? '')).toBe(0)
  }

  const wrongly: Array<[story: string, kind: string, otherwise: Partial<PaidTransaction>]> = [
    ['a fen less', 'amount', { amount: { total: 9426, payer_total: 9426, currency: 'CNY' } }],
    ['a fen more', 'amount', { amount: { total: 9428, payer_total: 9428, currency: 'CNY' } }],
    ['to another merchant', 'merchant', { mchid: '1900000208' }],
    ['in another mini-program', 'merchant', { appid: 'wx0000000000000000' }],
    ['by somebody else', 'payer', { payer: { openid: OPENIDS.lyu } }],
  ]
  it.each(wrongly)('WeChat says it was paid %s', async (_, kind, otherwise) => {
    expect(await writer.post(await writer.paid(order.tradeNo, otherwise))).toBe(204)
    expect(await writer.post(await writer.paid(order.tradeNo, otherwise))).toBe(204)
    await expectUnsettled(kind)
    await chen.delete(`/payments/${order.tradeNo}`).expect(200)
  })

  it('the stored amount was changed after the order: neither the phone, the notice nor the clock settles it', async () => {
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
