import type { MortalCashier } from './mortal-cashier.js'

interface OrderRow {
  id: string
  tradeNo: string
  state: string
  transactionId: string | null
  amountFen: string | number
}

interface LineRow {
  orderId: string
  subjectId: string
  amountFen: string | number
  openKey: string | null
}

/**
 * Everything WeChat took is booked exactly once, and nothing else is: orders, bills and events tell the same story, and
 * nobody has to look at anything.
 */
export async function expectEverythingPaidOnce({ books, wechat }: MortalCashier): Promise<void> {
  const orders = await books.query<OrderRow>(
    'SELECT id, tradeNo, state, transactionId, amountFen FROM payment_order',
  )
  const lines = await books.query<LineRow>('SELECT orderId, subjectId, amountFen, openKey FROM payment_line')
  const bills = await books.query<{ id: string; tradeNo: string }>(
    `SELECT id, tradeNo FROM dues_bill WHERE state = 'paid' AND tradeNo IS NOT NULL`,
  )
  const events = await books.query<{ name: string; subjectId: string }>(
    `SELECT name, subjectId FROM event WHERE name IN ('payment.paid', 'dues.bill-paid')`,
  )
  const happened = (name: string, subjectId: string) =>
    events.filter((event) => event.name === name && event.subjectId === subjectId).length

  const paid = orders.filter(({ state }) => state === 'paid')
  for (const order of paid) {
    const there = wechat.control.order(order.tradeNo)
    expect(there).toMatchObject({ state: 'SUCCESS', transactionId: order.transactionId })
    expect(Number(order.amountFen)).toBe(there.amountFen)
    expect(happened('payment.paid', order.id)).toBe(1)
    const own = lines.filter(({ orderId }) => orderId === order.id)
    expect(own.reduce((sum, { amountFen }) => sum + Number(amountFen), 0)).toBe(there.amountFen)
    for (const { subjectId, openKey } of own) {
      expect(openKey).toBeNull()
      expect(bills).toContainEqual(expect.objectContaining({ id: subjectId, tradeNo: order.tradeNo }))
      expect(happened('dues.bill-paid', subjectId)).toBe(1)
    }
  }
  const tradeNos = new Set(paid.map(({ tradeNo }) => tradeNo))
  // The seeds' paid bills have trade numbers of no order.
  const known = bills.filter(({ tradeNo }) => orders.some((order) => order.tradeNo === tradeNo))
  expect(known.filter(({ tradeNo }) => !tradeNos.has(tradeNo))).toEqual([])
  for (const { tradeNo, state } of orders.filter((order) => order.state !== 'paid')) {
    expect([tradeNo, state, wechatState(wechat, tradeNo)]).toEqual([tradeNo, state, 'unpaid'])
  }
  expect(await books.query('SELECT tradeNo, kind FROM payment_discrepancy')).toEqual([])
}

/** An order that WeChat never saw was not paid there either. */
function wechatState(wechat: MortalCashier['wechat'], tradeNo: string): 'paid' | 'unpaid' {
  try {
    return wechat.control.order(tradeNo).state === 'SUCCESS' ? 'paid' : 'unpaid'
  } catch {
    return 'unpaid'
  }
}
