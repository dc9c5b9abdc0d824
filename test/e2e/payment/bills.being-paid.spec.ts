import fc from 'fast-check'
import type { Payment } from '../../../server/contracts/platform/payment.js'
import { BillLocks } from '../../../server/modules/organization/dues/bill-locks.js'
import { BillRecord } from '../../../server/modules/organization/dues/bill.entity.js'
import { Conflict } from '../../../server/platform/http/errors.js'
import { PaymentLine } from '../../../server/platform/payment/payment-line.entity.js'
import { PaymentOrder } from '../../../server/platform/payment/payment-order.entity.js'
import type { Caller } from '../../support/world.js'
import { Cashier } from './cashier.js'

const RUNS = process.env['LONG'] ? 150 : 8
const LONGEST_MIXTURE_MS = 10_000

describe('A bill stays as agreed while it is paid', () => {
  let cashier: Cashier
  let chen: Caller
  let zhou: Caller
  let billId: string

  beforeAll(async () => {
    cashier = await Cashier.open()
    chen = await cashier.village.as('chen')
    zhou = await cashier.village.as('zhou')
  })
  beforeEach(async () => {
    await cashier.startAnew()
    const [first = ''] = await cashier.owed(chen)
    billId = first
  })
  afterAll(() => cashier.close())

  const bill = () => cashier.world.database.repository(BillRecord).findOneByOrFail({ id: billId })
  const assess = (baseFen: number) => {
    const { id } = cashier.village.members.chen
    const reason = '工资调整'
    const fromMonth = cashier.months.at(-1)
    return zhou.post(`/members/${id}/assessments`, { fromMonth, duesClass: 'wage', baseFen, reason })
  }
  /** What a command that changes a bill has to do, such as letting somebody off. */
  const change = (patch: Partial<BillRecord>) =>
    cashier.world.database.transaction(async () => {
      await cashier.world.app.get(BillLocks, { strict: false }).lockForChange([billId])
      await cashier.world.database.repository(BillRecord).update({ id: billId }, patch)
    })
  const settle = async (tradeNo: string) => {
    expect(await cashier.notify(tradeNo)).toBe(204)
    return cashier.stored(tradeNo)
  }

  it('a new assessment while the order is open: what the payer saw is booked, and the bill says so', async () => {
    const before = await bill()
    const order = await cashier.order(chen, [billId])
    await cashier.payQuietly('chen', order)
    await assess(6_000_00).expect(201)
    expect((await settle(order.tradeNo)).state).toBe('paid')
    const after = await bill()
    expect(after).toMatchObject({ state: 'paid', amountFen: before.amountFen, tradeNo: order.tradeNo })
    expect(order.amountFen).toBe(before.amountFen)
    expect(await cashier.discrepancies(order.tradeNo)).toEqual([])
  })

  it('a new assessment and another generation make no second bill and leave the one there is', async () => {
    const before = await bill()
    const order = await cashier.order(chen, [billId])
    await assess(7_000_00).expect(201)
    await zhou.post('/dues-generations', { month: before.month }).expect(201)
    await cashier.world.settle()
    expect(await bill()).toEqual(before)
    await cashier.payQuietly('chen', order)
    expect((await settle(order.tradeNo)).state).toBe('paid')
    expect(await bill()).toMatchObject({ state: 'paid', amountFen: before.amountFen })
  })

  it('the member moves to another branch: the month is booked where it was owed', async () => {
    const order = await cashier.order(chen, [billId])
    await cashier.payQuietly('chen', order)
    const move = (unitId: string) =>
      cashier.world.database.execute('UPDATE member SET unitId = ? WHERE id = ?', [
        unitId,
        cashier.village.members.chen.id,
      ])
    await move(cashier.village.hexi.id)
    expect((await settle(order.tradeNo)).state).toBe('paid')
    expect(await bill()).toMatchObject({ state: 'paid', unitId: cashier.village.dongling.id })
    const [event] = await cashier.world.database.query<{ unitId: string }>(
      `SELECT unitId FROM event WHERE name = 'dues.bill-paid' AND subjectId = ?`,
      [billId],
    )
    expect(event?.unitId).toBe(cashier.village.dongling.id)
    await move(cashier.village.dongling.id)
  })

  it('while somebody is paying it, nobody can change it, and is told what to do', async () => {
    const order = await cashier.order(chen, [billId])
    await expect(change({ state: 'waived' })).rejects.toMatchObject({
      code: 'dues.bill-being-paid',
      message: expect.stringContaining('正在支付，现在不能改。请等支付完成或取消后再试'),
    })
    expect((await bill()).state).toBe('unpaid')
    await chen.delete(`/payments/${order.tradeNo}`).expect(200)
    await change({ state: 'waived' })
    expect((await bill()).state).toBe('waived')
    await cashier.ask(chen, [billId]).expect(409)
  })

  it('once it is paid, it stays as it was paid', async () => {
    const order = await cashier.order(chen, [billId])
    await cashier.payQuietly('chen', order)
    await settle(order.tradeNo)
    await expect(change({ amountFen: 1 })).rejects.toMatchObject({ code: 'dues.already-paid' })
  })

  it('it was changed past the rule after all: the money is on the order, the bill is for a person to decide', async () => {
    const order = await cashier.order(chen, [billId])
    const bills = cashier.world.database.repository(BillRecord)
    await bills.update({ id: billId }, { amountFen: order.amountFen + 100 })
    await cashier.payQuietly('chen', order)
    expect((await settle(order.tradeNo)).state).toBe('paid')
    expect(await cashier.discrepancies(order.tradeNo)).toEqual(['subject-gone'])
    expect((await bill()).state).toBe('unpaid')
    expect(await cashier.happened('dues.bill-paid', billId)).toBe(0)
    await bills.update({ id: billId }, { amountFen: order.amountFen })
  })

  /** What may happen to one bill at once. */
  const deeds = {
    open: () => cashier.ask(chen, [billId]),
    openElsewhere: async () => cashier.ask(await cashier.village.as('chen'), [billId]),
    waive: () => change({ state: 'waived' }).catch(refusedInWords),
    raise: () => change({ amountFen: 500_00 }).catch(refusedInWords),
    assess: () => assess(6_500_00),
    notification: (order: Payment) => cashier.notify(order.tradeNo),
    notificationAgain: (order: Payment) => cashier.notify(order.tradeNo),
    ask: (order: Payment) => chen.get(`/payments/${order.tradeNo}`),
    giveUp: (order: Payment) => chen.delete(`/payments/${order.tradeNo}`),
  }
  const refusedInWords = (error: unknown) => {
    expect(error).toBeInstanceOf(Conflict)
  }

  it(
    `whatever happens at the same moment, the books agree (${RUNS} mixtures)`,
    async () => {
      const names = Object.keys(deeds) as Array<keyof typeof deeds>
      const mixture = fc.record({
        paid: fc.boolean(),
        atOnce: fc.shuffledSubarray(names, { minLength: 2 }),
      })
      const { amountFen } = await bill()
      await fc.assert(
        fc.asyncProperty(mixture, async ({ paid, atOnce }) => {
          await cashier.startAnew()
          await cashier.world.database.execute('UPDATE dues_bill SET amountFen = ? WHERE id = ?', [
            amountFen,
            billId,
          ])
          const order = await cashier.order(chen, [billId])
          if (paid) await cashier.payQuietly('chen', order)
          const needsNotification = (name: keyof typeof deeds) =>
            name === 'notification' || name === 'notificationAgain'
          await Promise.all(
            atOnce.filter((name) => paid || !needsNotification(name)).map((name) => deeds[name](order)),
          )
          if (paid) await settle(order.tradeNo)
          await expectBooksToAgree(order, paid)
        }),
        { numRuns: RUNS, endOnFailure: true },
      )
    },
    RUNS * LONGEST_MIXTURE_MS,
  )

  const expectBooksToAgree = async (order: Payment, paid: boolean) => {
    const now = await bill()
    const lines = await cashier.world.database.repository(PaymentLine).findBy({ subjectId: billId })
    const open = lines.filter(({ openKey }) => openKey !== null)
    expect(open.length).toBeLessThanOrEqual(1)
    const stored = await cashier.stored(order.tradeNo)
    const settled = await cashier.world.database
      .repository(PaymentOrder)
      .findBy({ tradeNo: now.tradeNo ?? '-', state: 'paid' })
    if (paid) {
      expect(stored.state).toBe('paid')
      expect(now).toMatchObject({ state: 'paid', tradeNo: order.tradeNo, amountFen: order.amountFen })
      expect(await cashier.happened('dues.bill-paid', billId)).toBe(1)
      expect(await cashier.happened('payment.paid', stored.id)).toBe(1)
      expect(open).toEqual([])
    } else {
      expect(settled).toEqual([])
      expect(now.state).not.toBe('paid')
      expect(await cashier.happened('dues.bill-paid', billId)).toBe(0)
      // A bill in an open order is owed exactly as the order says.
      for (const line of open) expect(now).toMatchObject({ state: 'unpaid', amountFen: line.amountFen })
    }
    expect(await cashier.discrepancies(order.tradeNo)).toEqual([])
  }
})
