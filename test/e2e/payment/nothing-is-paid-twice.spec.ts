import { Cashier, newKey } from './cashier.js'
import type { Caller } from '../../support/world.js'
import type { Payment } from '../../../server/contracts/platform/payment.js'
import { OPENIDS } from '../../support/village.js'

describe('nothing is paid twice', () => {
  let cashier: Cashier
  let chen: Caller

  beforeAll(async () => {
    cashier = await Cashier.open()
    chen = await cashier.village.as('chen')
  })
  afterAll(() => cashier.close())

  const pay = (billIds: string[], key: string) =>
    chen.post('/payments', { billIds }).set('idempotency-key', key)

  it('a month whose payment nobody has noticed yet is not sold again together with another', async () => {
    const [november = '', october = ''] = (await cashier.bills(chen)).map(({ id }) => id)
    const key = newKey()
    const first = (await pay([november], key).expect(201)).body as Payment
    cashier.wechat.plan({ kind: 'notification-withheld' })
    if (!first.request) throw new Error('there is nothing to pay with')
    await cashier.wechat.pay(OPENIDS.chen, first.request)

    const both = await pay([november, october], newKey()).expect(409)
    expect(both.body).toMatchObject({ code: 'dues.already-paid' })
    const states = new Map((await cashier.bills(chen)).map(({ id, state }) => [id, state]))
    expect([states.get(november), states.get(october)]).toEqual(['paid', 'unpaid'])

    const again = (await pay([november], key).expect(201)).body as Payment
    expect(again).toMatchObject({ tradeNo: first.tradeNo, state: 'paid', request: null })
  })

  it('what WeChat refuses is told in words, never as an error of ours', async () => {
    const unpaid = (await cashier.bills(chen)).find(({ state }) => state === 'unpaid')
    const order = (await pay([unpaid?.id ?? ''], newKey()).expect(201)).body as Payment
    cashier.wechat.plan(
      { kind: 'pay-error', status: 401, code: 'SIGN_ERROR', message: '签名错误' },
      Number.POSITIVE_INFINITY,
    )
    const asked = (await chen.get(`/payments/${order.tradeNo}`).expect(200)).body as Payment
    expect(asked.state).toBe('pending')
    const given = await chen.delete(`/payments/${order.tradeNo}`).expect(502)
    expect(given.body).toMatchObject({ code: 'wechat-pay.refused' })
    cashier.wechat.clearFaults()
    await chen.delete(`/payments/${order.tradeNo}`).expect(200)
  })
})
