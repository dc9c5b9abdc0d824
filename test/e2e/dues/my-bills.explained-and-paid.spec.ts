import { openVillage, OPENIDS, type Village } from '../../support/village.js'
import type { BillPage } from '../../../server/contracts/organization/dues.js'
import type { LedgerPage } from '../../../server/contracts/organization/ledger.js'
import type { Payment } from '../../../server/contracts/platform/payment.js'
import type { Caller } from '../../support/world.js'

describe('a member sees what is owed and why, and pays by WeChat', () => {
  let village: Village
  let chen: Caller
  let bills: BillPage

  beforeAll(async () => {
    village = await openVillage()
    for (const month of ['2026-10', '2026-11']) await village.world.county.bills(village.committee, month)
    chen = await village.as('chen')
  })
  afterAll(() => village.world.close())

  it('two months are owed, newest first, each explained in words whose numbers give the amount', async () => {
    bills = (await chen.get('/me/bills').expect(200)).body as BillPage
    expect(bills).toMatchObject({ unpaidFen: 18854, unpaidCount: 2, next: null })
    expect(bills.items.map(({ month, amountFen, state }) => [month, amountFen, state])).toEqual([
      ['2026-11', 9427, 'unpaid'],
      ['2026-10', 9427, 'unpaid'],
    ])
    expect(bills.items[0]?.explanation).toEqual({
      duesClass: 'wage',
      baseFen: 628443,
      rateBasisPoints: 150,
      sentence:
        '每月工资收入 6284.43 元，超过 5000 元、不超过 10000 元的按 1.5% 缴纳，6284.43 × 1.5% = 94.27 元。',
      article: '《规定》第二条',
    })
  })

  it('both months are paid at once; the phone names bills only, the server computes', async () => {
    const opened = await pay(
      chen,
      bills.items.map(({ id }) => id),
      'first-attempt',
    )
    expect(opened).toMatchObject({ state: 'pending', amountFen: 18854, months: ['2026-10', '2026-11'] })
    const { control } = village.world.wechat
    const params = opened.request
    if (!params) throw new Error('there is nothing to pay with')
    expect(control.paymentSheet(OPENIDS.chen, params)).toMatchObject({
      description: '党费 2026年10月至11月',
      amountFen: 18854,
    })
    await control.pay(OPENIDS.chen, params)
    const paid = (await chen.get(`/payments/${opened.tradeNo}`).expect(200)).body as Payment
    expect(paid).toMatchObject({ state: 'paid', request: null })
  })

  it('afterwards nothing is owed, and paying again is refused in words', async () => {
    const now = (await chen.get('/me/bills').expect(200)).body as BillPage
    expect(now).toMatchObject({ unpaidFen: 0, unpaidCount: 0 })
    const again = await chen
      .post('/payments', { billIds: bills.items.map(({ id }) => id) })
      .set('idempotency-key', 'second-attempt')
      .expect(409)
    expect(again.body).toMatchObject({
      code: 'dues.already-paid',
      message: '2026年10月、2026年11月的党费已经结清，请刷新账单后再选。',
    })
  })

  it('the secretary sees who has paid and whom to visit', async () => {
    const li = await village.as('li')
    const ledger = (await li.get('/dues-ledger?month=2026-11').expect(200)).body as LedgerPage
    expect(ledger.totals).toMatchObject({ dueCount: 7, paidCount: 1, paidFen: 9427, unpaidCount: 6 })
    expect(ledger.visitCount).toBe(1)
    expect(ledger.items.find(({ memberName }) => memberName === '陈晓霞')?.state).toBe('paid')
    expect(ledger.items.filter(({ needsVisit }) => needsVisit).map(({ memberName }) => memberName)).toEqual([
      '何卫东',
    ])
  })
})

async function pay(caller: Caller, billIds: string[], key: string): Promise<Payment> {
  return (await caller.post('/payments', { billIds }).set('idempotency-key', key).expect(201)).body as Payment
}
