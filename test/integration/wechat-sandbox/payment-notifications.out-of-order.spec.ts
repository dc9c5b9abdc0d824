import { decrypted } from './opened-notification.js'
import type { ReceivedNotification } from './notification-receiver.js'
import { SandboxFixture } from './sandbox-fixture.js'

describe('messages overtake each other', () => {
  let fixture: SandboxFixture

  beforeAll(async () => {
    fixture = await SandboxFixture.start()
  })
  afterAll(() => fixture.stop())
  afterEach(() => fixture.control('DELETE', 'faults'))

  const plan = (fault: object) => fixture.control('POST', 'faults', fault)

  const tradeNoOf = (notification: ReceivedNotification): unknown =>
    decrypted(notification, fixture.sandbox.credentials().apiV3Key)['out_trade_no']

  it('the notification comes before the answer to the order', async () => {
    await plan({ kind: 'notification-early' })
    const body = fixture.orderBody()
    const answer = await fixture.merchant.order(body)
    expect(answer).toMatchObject({ status: 200, json: { prepay_id: expect.stringMatching(/^wx/) } })
    expect(fixture.receiver.unread).toBe(1)
    expect(tradeNoOf(await fixture.receiver.next())).toBe(body.out_trade_no)
    expect(await fixture.merchant.query(body.out_trade_no)).toMatchObject({
      json: { trade_state: 'SUCCESS' },
    })
  })

  it('the notification comes before the answer to a query, which says what was true before', async () => {
    const body = fixture.orderBody()
    await fixture.merchant.prepay(body)
    await plan({ kind: 'notification-early', during: 'query' })
    const answer = await fixture.merchant.query(body.out_trade_no)
    expect(answer).toMatchObject({ json: { trade_state: 'NOTPAY' } })
    expect(fixture.receiver.unread).toBe(1)
    expect(tradeNoOf(await fixture.receiver.next())).toBe(body.out_trade_no)
    expect(await fixture.merchant.query(body.out_trade_no)).toMatchObject({
      json: { trade_state: 'SUCCESS' },
    })
  })

  it('of two payments the second is heard of first', async () => {
    await plan({ kind: 'notifications-swapped' })
    const first = await fixture.pay()
    const second = await fixture.pay()
    const heard = [await fixture.receiver.next(), await fixture.receiver.next()].map(tradeNoOf)
    expect(heard).toEqual([second, first])
  })

  it('an overtaken notification is delivered when faults are cleared, or after a restart', async () => {
    await plan({ kind: 'notifications-swapped' })
    const cleared = await fixture.pay()
    await fixture.control('DELETE', 'faults')
    expect(tradeNoOf(await fixture.receiver.next())).toBe(cleared)
    await plan({ kind: 'notifications-swapped' })
    const restarted = await fixture.pay()
    await fixture.restart()
    expect(tradeNoOf(await fixture.receiver.next())).toBe(restarted)
  })

  it('a slow answer is about something already done, and comes when it is let go', async () => {
    await plan({ kind: 'delay', ms: 60_000, path: '/v3/pay/transactions/jsapi' })
    const body = fixture.orderBody()
    const slow = fixture.merchant.order(body)
    let query = await fixture.merchant.query(body.out_trade_no)
    while (query.status === 404) query = await fixture.merchant.query(body.out_trade_no)
    expect(query).toMatchObject({ json: { trade_state: 'NOTPAY' } })
    await fixture.control('DELETE', 'faults')
    expect(await slow).toMatchObject({ status: 200 })
  })

  it('a delay ends by itself', async () => {
    await plan({ kind: 'delay', ms: 1 })
    expect(await fixture.merchant.order(fixture.orderBody())).toMatchObject({ status: 200 })
  })
})
