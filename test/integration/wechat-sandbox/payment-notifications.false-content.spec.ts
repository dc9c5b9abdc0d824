import { decrypted } from './opened-notification.js'
import { CHEN, LIU, SandboxFixture } from './sandbox-fixture.js'

describe('a genuine message can say something else', () => {
  let fixture: SandboxFixture

  beforeAll(async () => {
    fixture = await SandboxFixture.start()
  })
  afterAll(() => fixture.stop())
  afterEach(() => fixture.sandbox.control.clearFaults())

  it.each([
    [{ amountFen: 1 }, { amount: { total: 1, payer_total: 1, currency: 'CNY' } }],
    [{ payerOpenid: LIU }, { payer: { openid: LIU } }],
    [{ mchid: '1999999999' }, { mchid: '1999999999' }],
    [{ appid: 'wx0000000000000000' }, { appid: 'wx0000000000000000' }],
    [{ tradeNo: 'DUESNOSUCH' }, { out_trade_no: 'DUESNOSUCH' }],
    [{ transactionId: '4200000000' }, { transaction_id: '4200000000' }],
  ])('the notification says %j, and verifies', async (change, said) => {
    await fixture.control('POST', 'faults', { kind: 'transaction-altered', ...change })
    const tradeNo = await fixture.pay()
    const notification = await fixture.receiver.next()
    expect(fixture.merchant.verifies(notification.headers, notification.raw)).toBe(true)
    expect(decrypted(notification, fixture.sandbox.credentials().apiV3Key)).toMatchObject(said)
    // Only once, and nothing else differs.
    expect((await fixture.merchant.query(tradeNo)).json).toMatchObject({
      out_trade_no: tradeNo,
      amount: { total: 1250 },
      payer: { openid: CHEN },
    })
  })

  it('the query says so, and the notification before it does not', async () => {
    await fixture.control('POST', 'faults', { kind: 'transaction-altered', amountFen: 1, message: 'query' })
    const tradeNo = await fixture.pay()
    const { apiV3Key } = fixture.sandbox.credentials()
    expect(decrypted(await fixture.receiver.next(), apiV3Key)).toMatchObject({ amount: { total: 1250 } })
    const query = await fixture.merchant.query(tradeNo)
    expect(query.json).toMatchObject({ amount: { total: 1 } })
    expect(fixture.merchant.verifies(query.headers, query.raw)).toBe(true)
  })

  it('nothing to alter is refused', async () => {
    await expect(fixture.control('POST', 'faults', { kind: 'transaction-altered' })).rejects.toThrow(/^400 /)
  })
})
